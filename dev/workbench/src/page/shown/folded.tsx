import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface FoldedProps {
  readonly title: ComponentChildren
  /** Said beside the title: how much is in there. */
  readonly size?: string
  /** To begin with; after that whoever looks decides. */
  readonly open?: boolean
  /** Something within wants to be seen. That it does not any more closes nothing under anybody's hands. */
  readonly isWrong?: boolean
  readonly class?: string
  readonly children: ComponentChildren
}

/** What is long, or seldom looked for, folded up into a line that says what it is. */
export function Folded({ title, size, open = false, isWrong = false, class: name = '', children }: FoldedProps) {
  const [isOpen] = useState(open)
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (isWrong && details.current) details.current.open = true
  }, [isWrong])
  return (
    <details ref={details} class={`folded ${name}`} open={isOpen}>
      <summary>
        {title} {size !== undefined && <span class="quiet">{size}</span>}
      </summary>
      {children}
    </details>
  )
}
