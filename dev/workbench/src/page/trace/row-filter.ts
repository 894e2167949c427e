import type { EventSource, Outcome, Row } from '../../contract'

export const SOURCES = ['shop', 'editor', 'file', 'api'] as const satisfies readonly EventSource[]
export const STATES = [
  'delivered',
  'nothing-sent',
  'retrying',
  'failed',
  'unmatched',
  'kept-away',
  'off',
  'waiting'
] as const satisfies readonly Outcome['state'][]

/** The filter of the list. `''` matches everything. */
export interface RowFilter {
  readonly search: string
  readonly type: string
  readonly source: EventSource | ''
  /** The state of either half. */
  readonly state: Outcome['state'] | ''
  readonly onlyLosses: boolean
  /** Only events with doubtful values. */
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

/** Whether the filter matches everything. */
export const isEverything = ({ search, type, source, state, ...only }: RowFilter): boolean =>
  search.trim() === '' &&
  type === '' &&
  source === '' &&
  state === '' &&
  !(only.onlyLosses || only.onlyDoubtful || only.onlyDiffering)

/** Tests a row. Every word of the search must occur in its name, person, e-mail, type or id. */
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
