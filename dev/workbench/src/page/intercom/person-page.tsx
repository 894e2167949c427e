import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { Person, Problem } from '../../contract'
import { useFocusedHeading } from '../by-keyboard'
import { held } from '../live'
import { linkTo } from '../route'
import { Moment } from '../shown/moment'
import { ProblemList } from '../shown/problem-list'
import { toValueText } from '../shown/value-text'
import { useSubject } from '../subject'
import { useAnswer } from '../shown/use-answer'
import { AttributesCard, Tags } from './cards'

const MS_PER_SECOND = 1000

/** Everything that Intercom stores about one person. */
export function PersonPage({ id }: { readonly id: string }) {
  const { answer, isMissing, problems } = useAnswer<Person>(`contacts/${encodeURIComponent(id)}`, held.value)
  const back = <a href={linkTo('intercom', 'contacts')}>All people</a>
  if (isMissing) return <p>There is no such person in Intercom (any more). {back}</p>
  if (answer) return <Known person={answer} problems={problems} back={back} />
  return problems.length > 0 ? <ProblemList problems={problems} /> : <p class="quiet">Opening…</p>
}

interface KnownProps {
  readonly person: Person
  readonly problems: readonly Problem[]
  readonly back: ComponentChildren
}

function Known({ person, problems, back }: KnownProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useFocusedHeading(heading, person.id)
  useSubject(person.title)
  return (
    <article class="person stack" aria-label={person.title}>
      <header>
        <p>{back}</p>
        <ProblemList problems={problems} />
        <h2 ref={heading} tabIndex={-1}>
          {person.title} {person.status !== 'active' && <span class="badge warn">{person.status}</span>}
        </h2>
        <p class="quiet mono">{person.id}</p>
      </header>
      <div class="cards">
        <AttributesCard attributes={person.attributes} />
        <section class="card">
          <h3>Companies</h3>
          {person.companies.length === 0 && <p class="quiet">In no company.</p>}
          <ul>
            {person.companies.map((company) => (
              <li key={company.id}>
                <a href={linkTo('intercom', 'companies', company.id)}>{company.name}</a>
              </li>
            ))}
          </ul>
          <Tags tags={person.tags} />
        </section>
        <section class="card">
          <h3>Timeline</h3>
          {person.timeline.length === 0 && <p class="quiet">Nothing has happened yet.</p>}
          <ol class="timeline">
            {person.timeline.map(({ at, name, metadata, ignored }, index) => (
              <li key={person.timeline.length - index}>
                <strong>{name}</strong>{' '}
                <span class="quiet">
                  <Moment at={at * MS_PER_SECOND} />
                </span>
                <dl class="pairs">
                  {Object.entries(metadata).map(([key, value]) => (
                    <div key={key}>
                      <dt>{key}</dt>
                      <dd>{toValueText(value)}</dd>
                    </div>
                  ))}
                </dl>
                {ignored.length > 0 && <p class="quiet">Dropped by Intercom beyond its ten: {ignored.join(', ')}</p>}
              </li>
            ))}
          </ol>
        </section>
      </div>
    </article>
  )
}
