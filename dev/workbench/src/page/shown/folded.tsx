import type { ComponentChildren } from 'preact'

interface FoldedProps {
  readonly title: ComponentChildren
  /** Said beside the title: how much is in there. */
  readonly size?: string
  readonly open?: boolean
  readonly children: ComponentChildren
}

/** What is long, or seldom looked for. */
export function Folded({ title, size, open = false, children }: FoldedProps) {
  return (
    <details class="folded" open={open}>
      <summary>
        {title} {size !== undefined && <span class="quiet">{size}</span>}
      </summary>
      {children}
    </details>
  )
}
