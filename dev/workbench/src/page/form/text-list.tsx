import { useLayoutEffect, useRef } from 'preact/hooks'
import { TextInput } from './text-input'
import { RemoveButton } from './remove-button'

interface TextListProps {
  readonly id: string
  /** The label of each: `Tag 2`. */
  readonly label: string
  readonly texts: readonly string[]
  readonly onTexts: (texts: readonly string[]) => void
  readonly addLabel: string
  readonly placeholder?: string
  readonly list?: string
  readonly code?: boolean
  readonly picks?: 'path' | 'template'
  readonly describedBy?: string | undefined
  readonly isWrong?: (text: string) => boolean
}

/** A list of texts, one in each line. */
export function TextList({
  id,
  label,
  texts,
  onTexts,
  addLabel,
  placeholder,
  list,
  code = false,
  picks,
  describedBy,
  isWrong
}: TextListProps) {
  const lines = useRef<HTMLUListElement>(null)
  const adding = useRef<HTMLButtonElement>(null)
  const hasAdded = useRef(false)
  // A layout effect, so that the focus is set before the next key press.
  useLayoutEffect(() => {
    if (!hasAdded.current) return
    hasAdded.current = false
    lines.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus()
  }, [texts.length])
  return (
    <div class="text-list">
      <ul ref={lines}>
        {texts.map((text, index) => (
          <li key={index}>
            <TextInput
              id={index === 0 ? id : `${id}-${index}`}
              aria-label={`${label} ${index + 1}`}
              value={text}
              code={code}
              onText={(next) => {
                onTexts(texts.map((other, at) => (at === index ? next : other)))
              }}
              {...(placeholder === undefined ? {} : { placeholder })}
              {...(list === undefined ? {} : { list })}
              {...(picks === undefined ? {} : { 'data-picks': picks })}
              {...(isWrong?.(text) ? { 'aria-invalid': true } : {})}
              {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
            />
            <RemoveButton
              what={`${label} ${index + 1}`}
              next={adding}
              onRemove={() => {
                onTexts(texts.filter((_, at) => at !== index))
              }}
            />
          </li>
        ))}
      </ul>
      <button
        ref={adding}
        type="button"
        class="small"
        id={texts.length === 0 ? id : undefined}
        onClick={() => {
          hasAdded.current = true
          onTexts([...texts, ''])
        }}
      >
        {addLabel}
      </button>
    </div>
  )
}
