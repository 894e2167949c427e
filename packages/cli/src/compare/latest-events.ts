import type { SegmentEvent } from '@segment/actions-core'
import { toEventMilliseconds } from '../input/prepare-event'
import type { DifferenceRow } from '../report/comparison'
import { toContactKey, toEventKey, toUserKey } from './compare-workspaces'

const MILLISECONDS_PER_SECOND = 1000
/** What tells things of the same name apart. */
const NUMBER = / #\d+$/

/** The line of the latest event about each contact, company and event, because a workspace does not know which event changed it. */
export class LatestEvents {
  readonly #lines: Readonly<Record<DifferenceRow['kind'], Map<string, number>>> = {
    contact: new Map(),
    company: new Map(),
    event: new Map()
  }

  add(line: number, event: SegmentEvent): void {
    const { type, traits, properties } = event
    const keys = toPersonKeys(event)
    if (type === 'identify' || type === 'group') for (const key of keys) this.#lines.contact.set(key, line)
    if (type === 'group' && event.groupId) this.#lines.company.set(String(event.groupId), line)
    const company: unknown = traits?.company
    if (typeof company === 'object' && company !== null && 'id' in company)
      this.#lines.company.set(String(company.id), line)
    if (type !== 'track') return
    const name: unknown = event.event
    const time = toEventMilliseconds(event.timestamp)
    const email: unknown = properties?.email
    const all = typeof email === 'string' ? [...keys, toEmailKey(email)] : keys
    if (typeof name !== 'string' || time === undefined) return
    const created_at = Math.floor(time / MILLISECONDS_PER_SECOND)
    for (const key of all) this.#lines.event.set(toEventKey(key, { event_name: name.trim(), created_at }), line)
  }

  find(kind: DifferenceRow['kind'], key: string): number | undefined {
    return this.#lines[kind].get(key.replace(NUMBER, ''))
  }
}

const toEmailKey = (email: string): string => toContactKey({ role: 'lead', external_id: null, email: email.trim() })

function toPersonKeys({ userId, anonymousId, traits }: SegmentEvent): string[] {
  const ids = [userId, anonymousId].flatMap((id) => (id === undefined || id === null ? [] : toUserKey(String(id))))
  const email: unknown = traits?.email
  return typeof email === 'string' ? [...ids, toEmailKey(email)] : ids
}
