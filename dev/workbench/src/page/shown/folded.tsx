import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface FoldedProps {
  readonly title: ComponentChildren
  /** Shown beside the title: how much the section holds. */
  readonly size?: string
  /** The initial state; after that the user opens and closes it. */
  readonly open?: boolean
  /** Opens the section because of what it holds. It does not close by itself when that is gone. */
  readonly isWrong?: boolean
  readonly class?: string
  readonly children: ComponentChildren
}

/** A section that is long or rarely needed, folded into its title. */
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
