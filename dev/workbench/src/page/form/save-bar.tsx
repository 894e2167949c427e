import { useEffect, useRef } from 'preact/hooks'
import { hasNoFocus } from './focus'

interface SaveBarProps {
  readonly isDirty: boolean
  readonly isSaving: boolean
  /** What became of the last attempt. */
  readonly said: string
  /** What waits to be saved. */
  readonly waiting?: string
  /** Why it cannot be saved now. */
  readonly hindrance?: string | undefined
  /** What somebody else has saved meanwhile. */
  readonly overtaken?: string | undefined
  readonly onSave?: () => void
  readonly onDiscard: () => void
}

/** Says whether something waits to be saved, and saves it. Stays in sight while something does. */
export function SaveBar(props: SaveBarProps) {
  const { isDirty, isSaving, said, waiting = 'Not saved yet.', hindrance, overtaken, onSave, onDiscard } = props
  const status = useRef<HTMLSpanElement>(null)
  const isPressed = useRef(false)
  // The button that was pressed can be pressed no more, and would leave a keyboard nowhere.
  useEffect(() => {
    if (isSaving || isDirty || !isPressed.current) return
    isPressed.current = false
    if (hasNoFocus()) status.current?.focus({ preventScroll: true })
  }, [isDirty, isSaving])
  const press = () => {
    isPressed.current = true
  }
  return (
    <div class={isDirty ? 'save-bar seen dirty' : said === '' ? 'save-bar' : 'save-bar seen'}>
      {overtaken !== undefined && (
        <p class="note warn" role="alert">
          {overtaken} Saving replaces that.
        </p>
      )}
      <button
        type={onSave ? 'button' : 'submit'}
        class="primary"
        disabled={!isDirty || isSaving || hindrance !== undefined}
        onClick={() => {
          press()
          onSave?.()
        }}
      >
        {isSaving ? 'Saving…' : 'Save'}
      </button>
      <button
        type="button"
        disabled={!isDirty || isSaving}
        onClick={() => {
          press()
          onDiscard()
        }}
      >
        {overtaken === undefined ? 'Discard' : 'Take theirs'}
      </button>
      <span ref={status} class="save-said" role="status" tabIndex={-1}>
        {hindrance ?? saySaved(isDirty, said, waiting)}
      </span>
    </div>
  )
}

export const SAVED = 'Saved.'

function saySaved(isDirty: boolean, said: string, waiting: string): string {
  if (isDirty) return said === '' || said === SAVED ? waiting : said
  return said === '' ? 'Nothing to save.' : said
}
