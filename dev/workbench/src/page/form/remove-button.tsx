import type { RefObject } from 'preact'

interface RemoveButtonProps {
  /** The name of the removed item: `Tags To Add 2`. */
  readonly what: string
  /** The element that gets the focus, because the pressed button is removed with its item. */
  readonly next: RefObject<HTMLElement | null>
  readonly onRemove: () => void
}

/** Removes an item and moves the focus to one of the others. */
export const RemoveButton = ({ what, next, onRemove }: RemoveButtonProps) => (
  <button
    type="button"
    class="small plain"
    aria-label={`Remove ${what}`}
    onClick={() => {
      next.current?.focus()
      onRemove()
    }}
  >
    Remove
  </button>
)
