import type { Field, Snapshot, StateRecord } from '@intercom-destinations/intercom-cloud'
import { RedisStateError } from './redis-state-error'

/** What scripts return, after its shape is checked. Another program may have written to the same keys. */

const unexpected = () => new RedisStateError('Redis returned something else than the script returns.')

export function toList(reply: unknown): readonly unknown[] {
  if (Array.isArray(reply)) return reply
  throw unexpected()
}

export function toNumber(reply: unknown): number {
  const number = typeof reply === 'string' && reply !== '' ? Number(reply) : reply
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw unexpected()
}

export function toText(reply: unknown): string {
  if (typeof reply === 'string') return reply
  throw unexpected()
}

export function toSnapshot(now: unknown, epoch: unknown, records: unknown): Snapshot {
  const found = new Map(
    toList(records).map((record) => {
      const [name, fields] = toList(record)
      return [toText(name), toRecord(toList(fields))]
    })
  )
  return { now: toNumber(now), epoch: toText(epoch), get: (record) => found.get(record) }
}

/** A field that cannot be read is left out, as if it were not there. */
function toRecord(fields: readonly unknown[]): StateRecord {
  const record = new Map<string, Field>()
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const field = toField(toText(fields[at + 1]))
    if (field) record.set(toText(fields[at]), field)
  }
  return record
}

function toField(stored: string): Field | undefined {
  const space = stored.indexOf(' ')
  const stamp = space < 1 ? Number.NaN : Number(stored.slice(0, space))
  return Number.isFinite(stamp) ? { stamp, value: stored.slice(space + 1) } : undefined
}
