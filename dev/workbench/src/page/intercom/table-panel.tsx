import { useState } from 'preact/hooks'
import type { Row, Table, TableName, TableRow } from '../../contract'
import { held, rows } from '../live'
import { query as inAddress, linkTo, setQuery } from '../route'
import { ProblemList } from '../shown/problem-list'
import { StartOver } from '../shown/start-over'
import { toFreshIds } from './fresh-ids'
import { useAnswer } from '../shown/use-answer'

const PAGE = 100

const EMPTY: Readonly<Record<TableName, string>> = {
  contacts: 'There are no contacts yet. Sign up in the shop, or send an identify.',
  companies: 'There are no companies yet. Join one in the shop, or send a group call.',
  events: 'There are no events yet. Buy something in the shop, or send a track call.',
  tags: 'There are no tags yet. A mapping adds them with its field “Tags To Add”.',
  attributes: 'There are no custom attributes.'
}

/** While an event is being delivered, the empty table does not suggest to send one. */
const isOnTheWay = ({ cloud }: Row): boolean => cloud.state === 'waiting' || cloud.state === 'retrying'

const toEmptyText = (name: TableName): string =>
  rows.value.some(isOnTheWay)
    ? 'Nothing has arrived yet. The trace shows the events that are being delivered.'
    : EMPTY[name]

const setSearch = (search: string): void => {
  setQuery(search === '' ? '' : new URLSearchParams({ search }).toString())
}

interface Asked {
  readonly name: TableName
  readonly title: string
}

/** One of Intercom's tables, read again whenever something in it may have changed. */
export function TablePanel({ name, title }: Asked) {
  const search = new URLSearchParams(inAddress.value).get('search') ?? ''
  const [limit, setLimit] = useState(PAGE)
  const query = new URLSearchParams({ search, limit: String(limit) }).toString()
  const { answer: table, before, problems } = useAnswer<Table>(`tables/${name}?${query}`, held.value)
  return (
    <section aria-label={title}>
      <div class="bar">
        <label>
          <span class="sr">Search {title.toLowerCase()}</span>
          <input
            type="search"
            placeholder={`Search ${title.toLowerCase()}`}
            value={search}
            onInput={({ currentTarget }) => {
              setSearch(currentTarget.value)
              setLimit(PAGE)
            }}
          />
        </label>
        {/* The result of a search is announced to screen readers; new rows are not. */}
        <span class="quiet" role={search === '' ? undefined : 'status'}>
          {table && (table.found === table.total ? table.total : `${table.found} of ${table.total}`)}
        </span>
        {table && table.total > 0 && (
          <span class="push">
            <StartOver />
          </span>
        )}
      </div>
      <ProblemList problems={problems} />
      {table && <Rows table={table} fresh={toFreshIds(table, before)} title={title} />}
      {table && table.total > 0 && table.found === 0 && <p class="quiet">Nothing matches “{search}”.</p>}
      {table && table.total === 0 && <p class="quiet">{toEmptyText(name)}</p>}
      {table && table.found > table.rows.length && (
        <p>
          <button type="button" onClick={() => setLimit(limit + PAGE)}>
            Show {Math.min(PAGE, table.found - table.rows.length)} more
          </button>
        </p>
      )}
    </section>
  )
}

interface RowsProps {
  readonly table: Table
  readonly fresh: ReadonlySet<string>
  readonly title: string
}

function Rows({ table: { columns, rows }, fresh, title }: RowsProps) {
  if (rows.length === 0) return null
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={`Table of ${title.toLowerCase()}`}>
      <table class="holdings">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells, ...row }) => (
            <tr key={id} class={fresh.has(id) ? 'fresh' : undefined}>
              {cells.map((cell, index) => (
                <td key={columns[index]} data-column={columns[index]}>
                  {index === 0 && toLink(row) !== undefined ? (
                    <a href={toLink(row)}>{cell === '' ? '(no name)' : cell}</a>
                  ) : (
                    cell
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function toLink({ contactId, companyId }: Pick<TableRow, 'contactId' | 'companyId'>): string | undefined {
  if (contactId !== undefined) return linkTo('intercom', 'contacts', contactId)
  return companyId === undefined ? undefined : linkTo('intercom', 'companies', companyId)
}
