import { Folded } from '../shown/folded'
import { TextInput } from '../form/text-input'
import { TextList } from '../form/text-list'
import { PATHS_LIST, useEditing } from './editing'
import { DirectiveInput } from './directive-input'
import { toDirectiveText } from './directive-text'
import { findSourceProblem } from './field-problems'
import { ItemList } from './item-list'
import { KeyRows } from './key-rows'
import { LiteralInput } from './literal-input'
import { NestedFields } from './nested-fields'
import { fromSource, type Source } from './source'
import type { SourceEditorProps } from './source-editor'

/** From how many on they are folded up into a line. */
const FEW_PATHS = 2
const FEW_KEYS = 3

interface SourceInputProps extends Omit<SourceEditorProps, 'value' | 'onValue'> {
  readonly source: Source
  readonly emit: (source: Source) => void
  readonly 'aria-invalid'?: true
  readonly 'aria-describedby'?: string
}

/** What a kind of source needs to be told. */
export function SourceInput({ source, emit, defaultValue, ...rest }: SourceInputProps) {
  const { id, label, keys, field, offered, problem } = rest
  const { problems } = useEditing()
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
        <Folded
          key={source.kind}
          title={toDirectiveText(fromSource(source))}
          open={source.paths.length < FEW_PATHS}
          isWrong={problem !== undefined}
        >
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
            describedBy={given['aria-describedby']}
            isWrong={(path) => path.trim() === ''}
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
        <Folded
          key={source.kind}
          title={toDirectiveText(fromSource(source))}
          open={source.entries.length < FEW_KEYS}
          isWrong={
            source.entries.some(([key, value]) => key === '' || findSourceProblem(value) !== undefined) ||
            problems.some(({ path }) => path.startsWith(`mapping.${keys.join('.')}.`))
          }
        >
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
