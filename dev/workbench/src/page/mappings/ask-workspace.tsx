import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { Choices, ChoicesRequest } from '../../contract'
import { post } from '../api'
import { problemsOf } from '../shown/problems-of'
import { useEditing } from './editing'

/** The choices of the workspace, by action and field. They rarely change, so they are read on request only. */
const answers = signal<ReadonlyMap<string, Choices>>(new Map())

const toKey = ({ action, field, keys }: ChoicesRequest): string => `${action}-${field}${keys ? '-keys' : ''}`

/** The id of a datalist with what the workspace offers, once it was asked. */
export function useOfferedList(field: string, keys: boolean): string | undefined {
  const { action } = useEditing()
  const key = toKey({ action, field, keys })
  return (answers.value.get(key)?.choices.length ?? 0) > 0 ? `offered-${key}` : undefined
}

interface AskWorkspaceProps {
  readonly field: string
  readonly label: string
  readonly keys: boolean
}

/** Asks the connected workspace what there is: tags, teammates, attributes. */
export function AskWorkspace({ field, label, keys }: AskWorkspaceProps) {
  const { action } = useEditing()
  const [isAsking, setAsking] = useState(false)
  const request: ChoicesRequest = { action, field, keys }
  const key = toKey(request)
  const answer = answers.value.get(key)
  const ask = async () => {
    setAsking(true)
    const next = await post<Choices>('choices', request).catch((thrown: unknown): Choices => ({
      choices: [],
      problem: problemsOf(thrown)[0]?.message ?? 'It does not answer.'
    }))
    answers.value = new Map([...answers.value, [key, next]])
    setAsking(false)
  }
  return (
    <span class="ask">
      <button type="button" class="small" disabled={isAsking} onClick={() => void ask()}>
        {isAsking ? 'Asking…' : 'Ask the workspace'} <span class="sr">for {label}</span>
      </button>
      <span role="status" class={answer?.problem === undefined ? 'quiet' : 'wrong'}>
        {answer && sayAnswer(answer)}
      </span>
      <datalist id={`offered-${key}`}>
        {answer?.choices.map(({ label: name, value }) => (
          <option key={value} value={String(value)} label={name} />
        ))}
      </datalist>
    </span>
  )
}

function sayAnswer({ choices, problem }: Choices): string {
  if (problem !== undefined) return problem
  if (choices.length === 0) return 'There is nothing to choose from.'
  return `${choices.length} offered as you type.`
}
