import type { ComponentChildren } from 'preact'
import type { Person, Problem } from '../../contract'
import { held } from '../live'
import { linkTo } from '../route'
import { Moment } from '../shown/moment'
import { ProblemList } from '../shown/problem-list'
import { toValueText } from '../shown/value-text'
import { useAnswer } from '../shown/use-answer'
import { AttributesCard, Tags } from './cards'
import { EntityArticle } from './entity-article'

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
  const { id, title, status } = person
  const remark = status !== 'active' && <span class="badge warn">{status}</span>
  return (
    <EntityArticle {...{ id, title, remark, problems, back }}>
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
    </EntityArticle>
  )
}
