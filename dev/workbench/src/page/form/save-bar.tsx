import type { ComponentChildren } from 'preact'

interface SaveBarProps {
  readonly isDirty: boolean
  readonly isSaving: boolean
  /** What became of the last attempt. */
  readonly said: string
  /** Why it cannot be saved now. */
  readonly hindrance?: string | undefined
  readonly onSave?: () => void
  readonly onDiscard: () => void
  readonly children?: ComponentChildren
}

/** Says whether something waits to be saved, and saves it. Stays in sight while something does. */
export function SaveBar({ isDirty, isSaving, said, hindrance, onSave, onDiscard, children }: SaveBarProps) {
  return (
    <div class={isDirty ? 'save-bar seen dirty' : said === '' ? 'save-bar' : 'save-bar seen'}>
      <button
        type={onSave ? 'button' : 'submit'}
        class="primary"
        disabled={!isDirty || isSaving || hindrance !== undefined}
        onClick={onSave}
      >
        {isSaving ? 'Saving…' : 'Save'}
      </button>
      <button type="button" disabled={!isDirty || isSaving} onClick={onDiscard}>
        Discard
      </button>
      <span class="save-said" role="status">
        {hindrance ??
          (isDirty
            ? said === '' || said === SAVED
              ? 'Not saved yet.'
              : said
            : said === ''
              ? 'Nothing to save.'
              : said)}
      </span>
      {children}
    </div>
  )
}

export const SAVED = 'Saved.'
