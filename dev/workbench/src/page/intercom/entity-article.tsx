import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { Problem } from '../../contract'
import { useFocusedHeading } from '../by-keyboard'
import { ProblemList } from '../shown/problem-list'
import { useSubject } from '../subject'

interface EntityArticleProps {
  readonly id: string
  readonly title: string
  /** What stands beside the title. */
  readonly remark?: ComponentChildren
  readonly problems: readonly Problem[]
  /** The link to the list. */
  readonly back: ComponentChildren
  readonly children: ComponentChildren
}

/** A person or a company: its name as a heading, Intercom's id, and its cards. */
export function EntityArticle({ id, title, remark, problems, back, children }: EntityArticleProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useFocusedHeading(heading, id)
  useSubject(title)
  return (
    <article class="person stack" aria-label={title}>
      <header>
        <p>{back}</p>
        <ProblemList problems={problems} />
        <h2 ref={heading} tabIndex={-1}>
          {title} {remark}
        </h2>
        <p class="quiet mono">{id}</p>
      </header>
      <div class="cards">{children}</div>
    </article>
  )
}
