import type { RefObject } from 'preact'

interface RemoveButtonProps {
  /** What goes: `Tags To Add 2`. */
  readonly what: string
  /** Where the focus goes: the button that was pressed is about to go, too. */
  readonly next: RefObject<HTMLElement | null>
  readonly onRemove: () => void
}

/** Takes one of several away, and leaves the keyboard among those that stay. */
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
