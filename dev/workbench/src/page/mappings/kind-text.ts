import type { FieldCard } from '../../contract'
import type { SourceKind } from './source'

/** The label of a kind of source. */
export function toKindText(kind: SourceKind, field: FieldCard): string {
  switch (kind) {
    case 'path':
      return field.type === 'object' && !field.multiple ? 'Whole object' : 'Event value'
    case 'first':
      return 'First of several'
    case 'literal':
      return field.choices ? 'Choice' : field.type === 'boolean' ? 'True or false' : 'Fixed value'
    case 'template':
      return 'Template'
    case 'keys':
      return field.properties ? 'Field by field' : 'Key by key'
    case 'list':
      return 'List'
    case 'json':
      return 'JSON'
    case 'nothing':
      return 'Nothing'
  }
}
