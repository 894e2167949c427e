import { useEffect, useState } from 'preact/hooks'
import type { Json, Person } from '../../contract'
import { get } from '../api'
import { held } from '../live'
import { linkTo } from '../route'

const MS_PER_SECOND = 1000
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

const shown = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** What Intercom knows about one person. */
export function PersonPage({ id }: { readonly id: string }) {
  const [person, setPerson] = useState<Person | 'missing' | undefined>(undefined)
  const version = held.value
  useEffect(() => {
    get<Person>(`contacts/${encodeURIComponent(id)}`).then(setPerson, () => setPerson('missing'))
  }, [id, version])
  const back = <a href={linkTo('intercom', 'contacts')}>All people</a>
  if (person === undefined) return <p class="quiet">Opening…</p>
  if (person === 'missing') return <p>There is no such person in Intercom (any more). {back}</p>
  return (
    <article class="person stack" aria-label={person.title}>
      <header>
        <p>{back}</p>
        <h2>
          {person.title} {person.status !== 'active' && <span class="badge warn">{person.status}</span>}
        </h2>
        <p class="quiet mono">{person.id}</p>
      </header>
      <div class="cards">
        <section class="card">
          <h3>Attributes</h3>
          <dl class="pairs">
            {person.attributes.map(({ name, value, custom }) => (
              <div key={`${String(custom)} ${name}`}>
                <dt>
                  {name} {custom && <span class="badge">custom</span>}
                </dt>
                <dd>{shown(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section class="card">
          <h3>Companies</h3>
          {person.companies.length === 0 && <p class="quiet">In no company.</p>}
          <ul>
            {person.companies.map((company) => (
              <li key={company.id}>{company.name}</li>
            ))}
          </ul>
          <h3>Tags</h3>
          {person.tags.length === 0 && <p class="quiet">No tags.</p>}
          <p>
            {person.tags.map((tag) => (
              <span key={tag} class="badge">
                {tag}
              </span>
            ))}
          </p>
        </section>
        <section class="card">
          <h3>Timeline</h3>
          {person.timeline.length === 0 && <p class="quiet">Nothing has happened yet.</p>}
          <ol class="timeline">
            {person.timeline.map(({ at, name, metadata, ignored }, index) => (
              <li key={person.timeline.length - index}>
                <strong>{name}</strong>{' '}
                <time class="quiet" dateTime={new Date(at * MS_PER_SECOND).toISOString()}>
                  {DATE.format(at * MS_PER_SECOND)}
                </time>
                <dl class="pairs">
                  {Object.entries(metadata).map(([key, value]) => (
                    <div key={key}>
                      <dt>{key}</dt>
                      <dd>{shown(value)}</dd>
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
