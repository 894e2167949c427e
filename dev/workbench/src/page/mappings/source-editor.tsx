import { useState } from 'preact/hooks'
import type { FieldCard, Json } from '../../contract'
import { describing } from '../form/labelled-field'
import { changedKind, offeredSources, toFieldSource } from './offered-sources'
import { fromSource, type Source, type SourceKind } from './source'
import { SourceInput } from './source-input'

export interface SourceEditorProps {
  readonly id: string
  /** Shown before the name of the input: `Revenue: path`. */
  readonly label: string
  readonly keys: readonly string[]
  readonly field: FieldCard
  readonly value: Json | undefined
  readonly problem?: string | undefined
  readonly onValue: (value: Json | undefined) => void
  readonly defaultValue?: Json | undefined
  /** Of choices of the workspace. */
  readonly offered?: string | undefined
  /** Within a list, where something else takes the item away. */
  readonly isPart?: boolean
}

/** Where a value comes from: which kind of source, and what that needs. */
export function SourceEditor(props: SourceEditorProps) {
  const { id, label, field, value, problem, onValue, isPart = false } = props
  // A form may say more than its value does (a list of one path is a path), so it is kept until the value is another.
  const [held, hold] = useState<{ readonly source: Source; readonly value: Json | undefined } | undefined>(undefined)
  const source = held && held.value === value ? held.source : toFieldSource(field, value)
  const emit = (next: Source) => {
    const written = fromSource(next)
    hold({ source: next, value: written })
    onValue(written)
  }
  const kinds = offeredSources(field).filter((kind) => !isPart || kind !== 'nothing')
  return (
    <div class={`source source-${source.kind}`}>
      <select
        id={`${id}-kind`}
        class="kind"
        aria-label={`${label}: where it comes from`}
        {...(source.kind === 'nothing' && problem !== undefined
          ? { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` }
          : {})}
        value={source.kind}
        onChange={(event) => {
          const kind = kinds.find((one) => one === event.currentTarget.value)
          if (kind) emit(changedKind(field, source, kind))
        }}
      >
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {toKindText(kind, field)}
          </option>
        ))}
      </select>
      <SourceInput {...props} {...describing(id, problem)} source={source} emit={emit} />
    </div>
  )
}

/** The label of a kind of source. */
function toKindText(kind: SourceKind, field: FieldCard): string {
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
