import { useEffect, useRef } from 'preact/hooks'
import { hasNoFocus } from './focus'

interface SaveBarProps {
  readonly isDirty: boolean
  readonly isSaving: boolean
  /** The result of the last attempt to save. */
  readonly notice: string
  /** The unsaved changes. */
  readonly waiting?: string
  /** Why saving is not possible now. */
  readonly hindrance?: string | undefined
  /** What was saved in another tab meanwhile. */
  readonly overtaken?: string | undefined
  readonly onSave?: () => void
  readonly onDiscard: () => void
}

/** Shows whether there are unsaved changes, and saves them. Stays visible while there are any. */
export function SaveBar(props: SaveBarProps) {
  const { isDirty, isSaving, notice, waiting = 'Not saved yet.', hindrance, overtaken, onSave, onDiscard } = props
  const status = useRef<HTMLSpanElement>(null)
  const isPressed = useRef(false)
  // The pressed button is disabled now and would lose the focus.
  useEffect(() => {
    if (isSaving || isDirty || !isPressed.current) return
    isPressed.current = false
    if (hasNoFocus()) status.current?.focus({ preventScroll: true })
  }, [isDirty, isSaving])
  const press = () => {
    isPressed.current = true
  }
  return (
    <div class={isDirty ? 'save-bar seen dirty' : notice === '' ? 'save-bar' : 'save-bar seen'}>
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
      <span ref={status} class="save-notice" role="status" tabIndex={-1}>
        {hindrance ?? toStatusText(isDirty, notice, waiting)}
      </span>
    </div>
  )
}

export const SAVED = 'Saved.'

function toStatusText(isDirty: boolean, notice: string, waiting: string): string {
  if (isDirty) return notice === '' || notice === SAVED ? waiting : notice
  return notice === '' ? 'Nothing to save.' : notice
}
