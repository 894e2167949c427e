import type { FieldCard, Json } from '../../contract'
import { fromSource, toSource, type Source, type SourceKind } from './source'

const isObject = ({ type }: FieldCard): boolean => type === 'object'

/** The sources that are offered for a field, in order. */
export function offeredSources(field: FieldCard): readonly SourceKind[] {
  if (field.multiple) return ['path', 'first', 'list', 'json', 'nothing']
  if (isObject(field)) return ['path', 'first', 'keys', 'json', 'nothing']
  return ['path', 'first', 'literal', 'template', 'json', 'nothing']
}

/** The source for the field's form: JSON if the form has no inputs for it. */
export function toFieldSource(field: FieldCard, value: Json | undefined): Source {
  const source = toSource(value)
  if (value === undefined || offeredSources(field).includes(source.kind)) return source
  return { kind: 'json', value }
}

/** The new source when another kind is chosen. It keeps as much of the old one as possible. */
export function changedKind(field: FieldCard, source: Source, kind: SourceKind): Source {
  const paths = pathsOf(source)
  switch (kind) {
    case 'nothing':
      return { kind }
    case 'path':
      return { kind, path: paths[0] ?? '$.' }
    case 'first':
      return { kind, paths: paths.length > 0 ? paths : ['$.'] }
    case 'template':
      return { kind, template: paths[0] === undefined ? '' : toPlaceholder(paths[0]) }
    case 'literal':
      return { kind, value: source.kind === 'template' ? source.template : firstLiteral(field) }
    case 'keys':
      return { kind, entries: [] }
    case 'list':
      return { kind, items: [] }
    case 'json':
      return { kind, value: fromSource(source) ?? { '@path': '$.' } }
  }
}

function pathsOf(source: Source): readonly string[] {
  if (source.kind === 'path') return [source.path]
  return source.kind === 'first' ? source.paths : []
}

function firstLiteral(field: FieldCard): string | boolean | number {
  const [choice] = field.choices ?? []
  if (choice !== undefined) return typeof choice === 'string' ? choice : choice.value
  return field.type === 'boolean' ? true : ''
}

/** A path in a template's notation: `$.properties.total` → `{{properties.total}}`. */
export const toPlaceholder = (path: string): string => `{{${path.replace(/^\$\./, '')}}}`
