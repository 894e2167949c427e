import type { Batch } from './batches'

/** The fewest calls of Intercom's API that can deliver a stream in these batches. */
export interface MinimumCalls {
  /** Every new person is searched for. One search takes up to 225 filters, two for each person. */
  searches: number
  /** One for each person and batch: Intercom has no call that writes two people. */
  contacts: number
  /** One for each company and batch in which a value of the company changes. */
  companies: number
  /** One for each person who joins a company. */
  attachments: number
  /** One for each event: Intercom has no call that submits two. */
  events: number
  total: number
}

/** OpenAPI 2.16, POST /contacts/search: groups of 15 filters, nested once. */
const FILTERS_PER_SEARCH = 15 * 15
const FILTERS_PER_PERSON = 2

/** With `send`, a company that repeats its values needs a call too. */
export function toMinimumCalls(batches: readonly Batch[], unchanged: 'skip' | 'send' = 'skip'): MinimumCalls {
  const known = new Set<number>()
  const attached = new Set<number>()
  const written = new Map<number, string>()
  const minimum = { searches: 0, contacts: 0, companies: 0, attachments: 0, events: 0 }
  for (const { kind, events } of batches) {
    const people = new Set(events.map(({ person }) => person))
    const before = { known: known.size, attached: attached.size }
    switch (kind) {
      case 'identify':
        people.forEach((person) => known.add(person))
        minimum.contacts += people.size
        minimum.searches += Math.ceil(((known.size - before.known) * FILTERS_PER_PERSON) / FILTERS_PER_SEARCH)
        break
      case 'group':
        // A person's company never changes in this stream.
        people.forEach((person) => attached.add(person))
        // Of several events for a company, the last one has the values that are written.
        for (const [company, values] of new Map(events.map(({ company, json }) => [company, toValues(json)]))) {
          if (unchanged === 'skip' && written.get(company) === values) continue
          written.set(company, values)
          minimum.companies += 1
        }
        minimum.attachments += attached.size - before.attached
        break
      case 'track':
        minimum.events += events.length
        break
    }
  }
  return { ...minimum, total: Object.values(minimum).reduce((sum, calls) => sum + calls, 0) }
}

function toValues({ traits }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(traits ?? {})
}
