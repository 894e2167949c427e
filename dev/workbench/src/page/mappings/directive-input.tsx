import { useEffect, useState } from 'preact/hooks'
import type { Json } from '../../contract'
import { parseJson } from '../form/json-value'
import { Folded } from '../shown/folded'
import { FieldProblem } from '../form/labelled-field'
import { toDirectiveText } from './directive-text'
import { useEditing } from './editing'
import { markReadable } from './mapping-drafts'

interface DirectiveInputProps {
  readonly given: { readonly id: string; readonly 'aria-invalid'?: boolean; readonly 'aria-describedby'?: string }
  readonly label: string
  readonly keys: readonly string[]
  readonly value: Json
  readonly onDirective: (value: Json) => void
}

const MAX_LINES = 14

/** A value of the mapping as JSON. Invalid JSON is not applied and prevents saving. */
export function DirectiveInput({ given, label, keys, value, onDirective }: DirectiveInputProps) {
  const { half, rowKey } = useEditing()
  const [typed, type] = useState<{ readonly text: string; readonly value: Json } | undefined>(undefined)
  const text = typed && typed.value === value ? typed.text : JSON.stringify(value, null, 2)
  const isReadable = parseJson(text) !== undefined
  const key = `${rowKey}.${keys.join('.')}.${given.id}`
  useEffect(() => {
    markReadable(half, key, isReadable)
    return () => {
      markReadable(half, key, true)
    }
  }, [half, key, isReadable])
  const own = `${given.id}-json`
  return (
    <Folded class="directive" title={toDirectiveText(value)} isWrong={!isReadable}>
      <textarea
        {...given}
        aria-label={`${label}: JSON`}
        {...(isReadable ? {} : { 'aria-invalid': true, 'aria-describedby': `${own}-wrong` })}
        rows={Math.min(text.split('\n').length, MAX_LINES)}
        spellcheck={false}
        value={text}
        onInput={(event) => {
          const next = event.currentTarget.value
          const parsed = parseJson(next)
          type({ text: next, value: parsed ?? value })
          if (parsed !== undefined) onDirective(parsed)
        }}
      />
      <FieldProblem
        id={own}
        problem={isReadable ? undefined : 'This is no JSON yet. Until it is, the value from before counts.'}
      />
    </Folded>
  )
}
