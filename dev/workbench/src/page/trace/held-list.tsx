import type { Held, HeldValue, Outcome } from '../../contract'
import { linkTo } from '../route'
import { Folded } from '../shown/folded'
import { toValueText } from '../shown/value-text'

const NOTHING_SENT = 'Nothing was sent.'

const WITHOUT: Readonly<Record<Outcome['state'], string>> = {
  waiting: 'Nothing yet: it is on its way.',
  retrying: 'Nothing yet: it could not be delivered so far.',
  delivered: 'What a real workspace holds is seen in Intercom itself.',
  failed: 'What a real workspace holds is seen in Intercom itself.',
  unmatched: NOTHING_SENT,
  'nothing-sent': NOTHING_SENT,
  'kept-away': NOTHING_SENT,
  off: NOTHING_SENT
}

/** The current state of the entities that the event affected, with changes marked. */
export function HeldList({ held, outcome }: { readonly held: readonly Held[] | undefined; readonly outcome: Outcome }) {
  if (!held) return <p class="quiet">{WITHOUT[outcome.state]}</p>
  if (held.length === 0) return <p class="quiet">The event touched nothing in Intercom.</p>
  return (
    <ul class="held">
      {held.map((one) => (
        <li key={`${one.kind} ${one.id}`}>
          <HeldThing held={one} />
        </li>
      ))}
    </ul>
  )
}

/** The tables whose rows have pages. */
const PAGES: Readonly<Partial<Record<Held['kind'], string>>> = { contact: 'contacts', company: 'companies' }

function HeldThing({ held: { kind, id, title, isNew, isGone, values } }: { readonly held: Held }) {
  const changed = values.filter((value) => value.changed)
  const same = values.filter((value) => !value.changed)
  const name = title === '' ? id : title
  return (
    <>
      <p class="held-title">
        <span class="quiet">{kind}</span>{' '}
        <strong>
          {PAGES[kind] !== undefined && !isGone ? <a href={linkTo('intercom', PAGES[kind], id)}>{name}</a> : name}
        </strong>{' '}
        {isNew && <span class="badge good">new</span>}
        {isGone && <span class="badge bad">gone</span>}
      </p>
      {changed.length > 0 && <Values values={changed} isNew={isNew} />}
      {same.length > 0 && (
        <Folded title="Unchanged" size={String(same.length)} open={changed.length === 0 && same.length < 8}>
          <Values values={same} isNew={isNew} />
        </Folded>
      )}
    </>
  )
}

function Values({ values, isNew }: { readonly values: readonly HeldValue[]; readonly isNew: boolean }) {
  return (
    <dl class="values">
      {values.map(({ name, value, before, changed }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {changed && !isNew && (
              <>
                <del>{before === undefined || before === null ? 'nothing' : toValueText(before)}</del>{' '}
                <span aria-hidden="true">→</span>{' '}
              </>
            )}
            {changed ? <mark>{toValueText(value)}</mark> : toValueText(value)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
