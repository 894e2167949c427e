import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

interface ReportBodyProps {
  readonly style: string
  /** HTML of the server, in which everything from outside is escaped. */
  readonly body: string
  /** The elements for its slots. */
  readonly children: ComponentChildren
}

/**
 * The report of the command line, in a shadow root: its style and the page's do not meet. What a person has unfolded stays
 * so when the report is made anew.
 */
export function ReportBody({ style, body, children }: ReportBodyProps) {
  const host = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' })
    if (!root) return
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style)
    root.adoptedStyleSheets = [sheet]
  }, [style])
  useLayoutEffect(() => {
    const root = host.current?.shadowRoot
    if (!root) return
    const unfolded = new Set([...root.querySelectorAll('details[open]')].map(titleOf))
    root.innerHTML = body
    // The workbench stays open behind the documentation.
    for (const link of root.querySelectorAll('a')) {
      link.target = '_blank'
      link.rel = 'noreferrer'
    }
    for (const details of root.querySelectorAll('details')) details.open = unfolded.has(titleOf(details))
  }, [body])
  return (
    <div ref={host} class="report-body">
      {children}
    </div>
  )
}

/** The heading above it, and its place below that: counts in its summary change. */
function titleOf(details: Element): string {
  let heading: Element | null = details
  let place = 0
  while (heading && heading.tagName !== 'H2') {
    if (heading.tagName === 'DETAILS') place += 1
    heading = heading.previousElementSibling
  }
  return `${heading?.id ?? ''} ${place}`
}
