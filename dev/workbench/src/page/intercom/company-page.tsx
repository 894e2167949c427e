import type { ComponentChildren } from 'preact'
import type { Company, Problem } from '../../contract'
import { held } from '../live'
import { linkTo } from '../route'
import { ProblemList } from '../shown/problem-list'
import { useAnswer } from '../shown/use-answer'
import { AttributesCard, Tags } from './cards'
import { EntityArticle } from './entity-article'

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
  return (
    <EntityArticle {...{ id, title, problems, back }}>
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
    </EntityArticle>
  )
}
