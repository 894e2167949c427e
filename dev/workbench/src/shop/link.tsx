import type { ComponentChildren } from 'preact'
import { goTo } from './history'

interface LinkProps {
  readonly to: string
  readonly class?: string
  readonly isHere?: boolean
  readonly children: ComponentChildren
}

/** A real link, so that it can be opened in a new tab. */
export function Link({ to, class: name, isHere = false, children }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(to)
  }
  return (
    <a href={to} class={name} aria-current={isHere ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  )
}
