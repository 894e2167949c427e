import { useRef } from 'preact/hooks'
import type { FieldCard } from '../../contract'
import { FieldProblem } from '../form/labelled-field'
import { problemAt } from '../form/problems-under'
import { RemoveButton } from '../form/remove-button'
import { TextInput } from '../form/text-input'
import { AskWorkspace, useOfferedList } from './ask-workspace'
import { useEditing } from './editing'
import { findSourceProblem } from './field-problems'
import type { Entry } from './source'
import { SourceEditor } from './source-editor'

interface KeyRowsProps {
  readonly id: string
  readonly label: string
  readonly keys: readonly string[]
  readonly field: FieldCard
  readonly entries: readonly Entry[]
  readonly onEntries: (entries: readonly Entry[]) => void
}

/** The field that describes any key of an object. */
const ANYTHING: FieldCard = { label: '', description: '', type: 'string' }

/** An object in which each key has its own source. */
export function KeyRows({ id, label, keys, field, entries, onEntries }: KeyRowsProps) {
  const adding = useRef<HTMLButtonElement>(null)
  const offered = useOfferedList(keys[0] ?? '', true)
  const { problems } = useEditing()
  return (
    <div class="key-rows">
      {entries.map(([key, value], index) => {
        const part = `${id}-${index}`
        const problem = findKeyProblem(entries, index)
        const sourceProblem = findSourceProblem(value) ?? problemAt(problems, `mapping.${[...keys, key].join('.')}`)
        const name = key === '' ? `${label}, key ${index + 1}` : `${label}, ${key}`
        return (
          <div class="key-row" key={index}>
            <TextInput
              id={`${part}-key`}
              aria-label={`${label}: key ${index + 1}`}
              placeholder="key"
              code
              value={key}
              {...(offered === undefined ? {} : { list: offered })}
              {...(problem === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${part}-key-wrong` })}
              onText={(text) => {
                onEntries(entries.map((entry, at) => (at === index ? [text, entry[1]] : entry)))
              }}
            />
            <SourceEditor
              id={part}
              label={name}
              keys={[...keys, key]}
              field={ANYTHING}
              value={value}
              problem={sourceProblem}
              isPart
              onValue={(next) => {
                if (next !== undefined) onEntries(entries.map((entry, at) => (at === index ? [key, next] : entry)))
              }}
            />
            <RemoveButton
              what={name}
              next={adding}
              onRemove={() => {
                onEntries(entries.filter((_, at) => at !== index))
              }}
            />
            {problem !== undefined && (
              <p class="wrong" id={`${part}-key-wrong`}>
                {problem}
              </p>
            )}
            <FieldProblem id={part} problem={sourceProblem} />
          </div>
        )
      })}
      <div class="bar">
        <button
          ref={adding}
          type="button"
          class="small"
          onClick={() => {
            onEntries([...entries, ['', { '@path': '$.' }]])
          }}
        >
          Add a key
        </button>
        {field.dynamic !== undefined && field.dynamic !== false && (
          <AskWorkspace field={keys[0] ?? ''} label={label} keys />
        )}
      </div>
    </div>
  )
}

/** The problem of a key that is being typed. */
function findKeyProblem(entries: readonly Entry[], index: number): string | undefined {
  const key = entries[index]?.[0] ?? ''
  if (key === '') return 'Give it a key.'
  if (key.startsWith('@')) return 'Segment reads a key with @ as a directive. Write the whole object as JSON for that.'
  const isTaken = entries.some(([other], at) => at < index && other === key)
  return isTaken ? 'There is this key above already. Only the last one counts.' : undefined
}
