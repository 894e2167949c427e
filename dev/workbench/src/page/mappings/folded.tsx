import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

interface FoldedProps {
  /** What is within, as one line. */
  readonly summary: string
  /** To begin with; after that whoever looks decides. */
  readonly isOpen: boolean
  readonly children: ComponentChildren
}

/** What takes much room, folded up into a line that says what it is. */
export function Folded({ summary, isOpen, children }: FoldedProps) {
  const [open] = useState(isOpen)
  return (
    <details class="folded" open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
