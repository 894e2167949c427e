import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface FoldedProps {
  /** What is within, as one line. */
  readonly summary: ComponentChildren
  /** To begin with; after that whoever looks decides. */
  readonly isOpen?: boolean
  /** Something within wants to be seen. That it does not any more closes nothing under anybody's hands. */
  readonly isWrong?: boolean
  readonly class?: string
  readonly children: ComponentChildren
}

/** What takes much room, folded up into a line that says what it is. */
export function Folded({ summary, isOpen = false, isWrong = false, class: name = '', children }: FoldedProps) {
  const [open] = useState(isOpen)
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (isWrong && details.current) details.current.open = true
  }, [isWrong])
  return (
    <details ref={details} class={`folded ${name}`} open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
