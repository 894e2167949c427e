import type { EventSource, Outcome, Row } from '../../contract'

/** What is looked for in the list. `''` stands for everything. */
export interface RowFilter {
  readonly search: string
  readonly type: string
  readonly source: EventSource | ''
  /** Of either half. */
  readonly state: Outcome['state'] | ''
  readonly onlyLosses: boolean
  /** Only events of which a value was sent with a doubt. */
  readonly onlyDoubtful: boolean
  readonly onlyDiffering: boolean
}

export const EVERYTHING: RowFilter = {
  search: '',
  type: '',
  source: '',
  state: '',
  onlyLosses: false,
  onlyDoubtful: false,
  onlyDiffering: false
}

/** Whether nothing in particular is looked for. */
export const isEverything = ({ search, type, source, state, ...only }: RowFilter): boolean =>
  search.trim() === '' &&
  type === '' &&
  source === '' &&
  state === '' &&
  !(only.onlyLosses || only.onlyDoubtful || only.onlyDiffering)

/** Whether a row is looked for. Every word of the search is somewhere in its name, person, e-mail, type or id. */
export function toRowTest(filter: RowFilter): (row: Row) => boolean {
  const words = filter.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return (row) => {
    const { web, cloud } = row
    if (filter.type !== '' && row.type !== filter.type) return false
    if (filter.source !== '' && row.source !== filter.source) return false
    if (filter.state !== '' && web.state !== filter.state && cloud.state !== filter.state) return false
    if (filter.onlyLosses && web.losses + cloud.losses === 0) return false
    if (filter.onlyDoubtful && web.doubtful + cloud.doubtful === 0) return false
    if (filter.onlyDiffering && !row.differs) return false
    if (words.length === 0) return true
    const text = `${row.name} ${row.person} ${row.email} ${row.type} ${row.id}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
}
