import { EVERYTHING, SOURCES, STATES, type RowFilter } from './row-filter'
import { EVENT_TYPES } from '../shown/event-types'

const FLAGS = { losses: 'onlyLosses', doubts: 'onlyDoubtful', differ: 'onlyDiffering' } as const
const YES = 'yes'

/** The filter as the query of a URL: `search=ada&type=track&losses=yes`; empty for a filter that matches everything. */
export function toQuery({ search, type, source, state, ...only }: RowFilter): string {
  const texts = Object.entries({ search, type, source, outcome: state }).filter(([, value]) => value !== '')
  const flags = Object.entries(FLAGS).flatMap(([name, key]) => (only[key] ? [[name, YES]] : []))
  return new URLSearchParams([...texts, ...flags]).toString()
}

/** Unknown names and values are left out. */
export function fromQuery(query: string): RowFilter {
  const values = new URLSearchParams(query)
  const has = (name: keyof typeof FLAGS): boolean => values.get(name) === YES
  return {
    ...EVERYTHING,
    search: values.get('search') ?? '',
    type: EVENT_TYPES.find((one) => one === values.get('type')) ?? '',
    source: SOURCES.find((one) => one === values.get('source')) ?? '',
    state: STATES.find((one) => one === values.get('outcome')) ?? '',
    onlyLosses: has('losses'),
    onlyDoubtful: has('doubts'),
    onlyDiffering: has('differ')
  }
}
