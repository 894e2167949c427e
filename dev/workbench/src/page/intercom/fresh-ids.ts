import type { Table } from '../../contract'

/** The rows that have come since the same was asked before: at the first showing, none. */
export function toFreshIds(table: Pick<Table, 'rows'>, before: Pick<Table, 'rows'> | undefined): ReadonlySet<string> {
  if (!before) return new Set()
  const known = new Set(before.rows.map(({ id }) => id))
  return new Set(table.rows.map(({ id }) => id).filter((id) => !known.has(id)))
}
