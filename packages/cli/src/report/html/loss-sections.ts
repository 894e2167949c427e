import { amount, plural } from '../../text/text-layout'
import type { EventNames, LossRow, Report } from '../report'
import { html, NOTHING, toName, type Html } from './html'
import { toExampleCell } from './result-sections'
import { toCount, toTable } from './table'

export function toLossSection({ losses }: Report): Html {
  if (losses.length === 0) {
    return html`<h2 id="losses">Nothing was left out</h2>
      <p>Intercom got every value of the events that were delivered.</p>`
  }
  return html`<h2 id="losses">Left out, by field</h2>
    <p>Values that Intercom did not get, although their events were delivered.</p>
    ${toLossTable('Values left out, the most frequent first', losses)}`
}

export function toDoubtfulSection({ doubtful }: Report): Html {
  if (doubtful.length === 0) return NOTHING
  return html`<h2 id="doubtful">Doubtful, by field</h2>
    <p>Values that were sent, and that Intercom may ignore or change.</p>
    ${toLossTable('Doubtful values, the most frequent first', doubtful)}`
}

function toLossTable(caption: string, rows: readonly LossRow[]): Html {
  const largest = Math.max(...rows.map(({ count }) => count))
  return toTable({
    caption,
    columns: [
      { title: 'Field' },
      { title: 'Mapping' },
      { title: 'Values', kind: 'number' },
      { title: 'Reason' },
      { title: 'First at', kind: 'where' },
      { title: 'What to do' }
    ],
    rows: rows.map(({ field, mapping, count, because, example, advice }) => [
      toName(field),
      html`${mapping}`,
      toCount(count, largest),
      html`${because}`,
      toExampleCell(example),
      html`${advice}`
    ])
  })
}

/** A dry list: nothing is created by a report. `create` stands below it. */
export function toAttributeSection({ attributes }: Report, create: Html): Html {
  if (attributes.length === 0) return NOTHING
  return html`<h2 id="attributes">Create these attributes</h2>
    <p>
      The workspace lacks them. Once they are there, their values arrive. The type of an attribute cannot be changed
      later, so look through the list first.
    </p>
    ${toTable({
      caption: 'Custom attributes that the workspace lacks',
      columns: [
        { title: 'Name' },
        { title: 'Of' },
        { title: 'Type in Intercom' },
        { title: 'Values left out', kind: 'number' }
      ],
      rows: attributes.map(({ name, model, type, count }) => [
        toName(name),
        html`${model === 'contact' ? 'people' : 'companies'}`,
        html`<code>${type}</code>`,
        toCount(count, Math.max(...attributes.map((row) => row.count)))
      ])
    })}
    ${create}`
}

const NAMES_SHOWN = 10

export function toEventNameSection({ names, limit, isCut }: EventNames): Html {
  if (names.length === 0) return NOTHING
  const count = isCut ? `more than ${amount(names.length)} names` : plural(names.length, 'name')
  const isOver = names.length > limit
  const largest = names[0]?.count ?? 0
  const rows = names.map((row) => [toName(row.name), toCount(row.count, largest)])
  const columns = [{ title: 'Name' }, { title: 'Events', kind: 'number' as const }]
  const others = rows.slice(NAMES_SHOWN)
  return html`<h2 id="names">Event names: ${count} of ${limit}</h2>
    <p>
      ${isOver ? html`<strong>Too many.</strong> ` : NOTHING}A workspace keeps ${limit} active event names; events of a
      further name are not stored. Intercom’s API does not show how many the workspace has
      already.${isOver ? ' Move ids and dates from names into properties, or list the names that you need in the mapping.' : ''}
    </p>
    ${toTable({ caption: 'Event names, the most frequent first', columns, rows: rows.slice(0, NAMES_SHOWN) })}
    ${
      others.length === 0
        ? NOTHING
        : html`<details>
            <summary>Show ${plural(others.length, 'more name')}</summary>
            ${toTable({ caption: 'Event names (continued)', columns, rows: others })}
          </details>`
    }`
}
