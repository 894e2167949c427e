import type { Table } from '../../contract'

/** The ids that are new since the previous answer to the same request; none for the first answer. */
export function toFreshIds(table: Pick<Table, 'rows'>, before: Pick<Table, 'rows'> | undefined): ReadonlySet<string> {
  if (!before) return new Set()
  const known = new Set(before.rows.map(({ id }) => id))
  return new Set(table.rows.map(({ id }) => id).filter((id) => !known.has(id)))
}
