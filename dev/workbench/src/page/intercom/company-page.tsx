import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { Company, Problem } from '../../contract'
import { useFocusedHeading } from '../by-keyboard'
import { held } from '../live'
import { linkTo } from '../route'
import { ProblemList } from '../shown/problem-list'
import { useAnswer } from '../shown/use-answer'
import { useSubject } from '../subject'
import { AttributesCard, Tags } from './cards'

/** Everything that Intercom stores about one company, with its people. */
export function CompanyPage({ id }: { readonly id: string }) {
  const { answer, isMissing, problems } = useAnswer<Company>(`companies/${encodeURIComponent(id)}`, held.value)
  const back = <a href={linkTo('intercom', 'companies')}>All companies</a>
  if (isMissing) return <p>There is no such company in Intercom (any more). {back}</p>
  if (answer) return <Known company={answer} problems={problems} back={back} />
  return problems.length > 0 ? <ProblemList problems={problems} /> : <p class="quiet">Opening…</p>
}

interface KnownProps {
  readonly company: Company
  readonly problems: readonly Problem[]
  readonly back: ComponentChildren
}

function Known({ company, problems, back }: KnownProps) {
  const { id, title, attributes, tags, people, peopleCount } = company
  const heading = useRef<HTMLHeadingElement>(null)
  useFocusedHeading(heading, id)
  useSubject(title)
  return (
    <article class="person stack" aria-label={title}>
      <header>
        <p>{back}</p>
        <ProblemList problems={problems} />
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p class="quiet mono">{id}</p>
      </header>
      <div class="cards">
        <AttributesCard attributes={attributes} />
        <section class="card">
          <h3>
            People <span class="count">{peopleCount.toLocaleString()}</span>
          </h3>
          {/* Intercom's dashboard lists companies with people only (docs/intercom.md, Companies). */}
          {peopleCount === 0 && (
            <p class="quiet">No person is in it. Intercom lists a company once a person is attached to it.</p>
          )}
          <ul>
            {people.map((person) => (
              <li key={person.id}>
                <a href={linkTo('intercom', 'contacts', person.id)}>{person.title}</a>{' '}
                {person.email !== person.title && <span class="quiet">{person.email}</span>}
              </li>
            ))}
          </ul>
          {peopleCount > people.length && (
            <p class="quiet">
              The first {people.length.toLocaleString()} of {peopleCount.toLocaleString()}.
            </p>
          )}
          <Tags tags={tags} />
        </section>
      </div>
    </article>
  )
}
