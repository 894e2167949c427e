import { useState } from 'preact/hooks'
import type { FieldCard, Json } from '../../contract'
import { Folded } from '../form/folded'
import { describing } from '../form/labelled-field'
import { TextInput } from '../form/text-input'
import { TextList } from '../form/text-list'
import { PATHS_LIST } from './editing'
import { DirectiveInput } from './directive-input'
import { toDirectiveText } from './directive-text'
import { ItemList } from './item-list'
import { KeyRows } from './key-rows'
import { LiteralInput } from './literal-input'
import { NestedFields } from './nested-fields'
import { changedKind, offeredSources, toFieldSource } from './offered-sources'
import { fromSource, type Source, type SourceKind } from './source'

/** From how many on they are folded up into a line. */
const FEW_PATHS = 2
const FEW_KEYS = 3

export interface SourceEditorProps {
  readonly id: string
  /** Said before what is being asked for: `Revenue: path`. */
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

interface SourceInputProps extends Omit<SourceEditorProps, 'value' | 'onValue'> {
  readonly source: Source
  readonly emit: (source: Source) => void
  readonly 'aria-invalid'?: true
  readonly 'aria-describedby'?: string
}

function SourceInput({ source, emit, defaultValue, ...rest }: SourceInputProps) {
  const { id, label, keys, field, offered } = rest
  const given = {
    id,
    ...(rest['aria-invalid'] ? { 'aria-invalid': true } : {}),
    ...(rest['aria-describedby'] === undefined ? {} : { 'aria-describedby': rest['aria-describedby'] })
  }
  switch (source.kind) {
    case 'nothing':
      return null
    case 'path':
      return (
        <TextInput
          {...given}
          aria-label={`${label}: path in the event`}
          code
          data-picks="path"
          list={PATHS_LIST}
          placeholder="$.properties.total"
          value={source.path}
          onText={(path) => {
            emit({ kind: 'path', path })
          }}
        />
      )
    case 'first':
      return (
        <Folded summary={toDirectiveText(fromSource(source))} isOpen={source.paths.length < FEW_PATHS}>
          <TextList
            id={id}
            label={`${label}: path`}
            texts={source.paths}
            onTexts={(paths) => {
              emit({ kind: 'first', paths })
            }}
            addLabel="Add a path"
            list={PATHS_LIST}
            code
            picks="path"
          />
        </Folded>
      )
    case 'literal':
      return (
        <LiteralInput
          given={given}
          label={label}
          field={field}
          value={source.value}
          offered={offered}
          onLiteral={(value) => {
            emit({ kind: 'literal', value })
          }}
        />
      )
    case 'template':
      return (
        <TextInput
          {...given}
          aria-label={`${label}: text with values`}
          code
          data-picks="template"
          placeholder="Order {{properties.order_id}}"
          value={source.template}
          onText={(template) => {
            emit({ kind: 'template', template })
          }}
        />
      )
    case 'keys':
      return field.properties ? (
        <NestedFields
          keys={keys}
          properties={field.properties}
          entries={source.entries}
          defaultValue={defaultValue}
          onEntries={(entries) => {
            emit({ kind: 'keys', entries })
          }}
        />
      ) : (
        <Folded summary={toDirectiveText(fromSource(source))} isOpen={source.entries.length < FEW_KEYS}>
          <KeyRows
            id={id}
            label={label}
            keys={keys}
            field={field}
            entries={source.entries}
            onEntries={(entries) => {
              emit({ kind: 'keys', entries })
            }}
          />
        </Folded>
      )
    case 'list':
      return (
        <ItemList
          id={id}
          label={label}
          keys={keys}
          field={field}
          items={source.items}
          onItems={(items) => {
            emit({ kind: 'list', items })
          }}
        />
      )
    case 'json':
      return (
        <DirectiveInput
          given={given}
          label={label}
          keys={keys}
          value={source.value}
          onDirective={(value) => {
            emit({ kind: 'json', value })
          }}
        />
      )
  }
}
