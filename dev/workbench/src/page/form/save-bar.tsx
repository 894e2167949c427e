interface SaveBarProps {
  readonly isDirty: boolean
  readonly isSaving: boolean
  /** What became of the last attempt. */
  readonly said: string
  /** What waits to be saved. */
  readonly waiting?: string
  /** Why it cannot be saved now. */
  readonly hindrance?: string | undefined
  readonly onSave?: () => void
  readonly onDiscard: () => void
}

/** Says whether something waits to be saved, and saves it. Stays in sight while something does. */
export function SaveBar({
  isDirty,
  isSaving,
  said,
  waiting = 'Not saved yet.',
  hindrance,
  onSave,
  onDiscard
}: SaveBarProps) {
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
