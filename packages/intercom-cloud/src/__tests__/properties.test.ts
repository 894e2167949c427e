import type { CustomAttributes } from '@intercom-destinations/shared-mapping'
import fc from 'fast-check'
import { mergeIdentifications, type Identification } from '../contacts/identify'
import { groupByConnectedKeys } from '../batch/group-by-connected-keys'
import { toTimes } from '../state/stale-writes'

/** 2,000 batches; `PROPERTY_RUNS` sets another number. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000)

const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 3 })

test('property: groups contain every item once and in order, and items that share a key share a group', () => {
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 20 }), (batch) => {
      const items = batch.map((own, index) => ({ own, index }))
      const groups = groupByConnectedKeys(items, ({ own }) => own)
      expect(groups.flat().sort((a, b) => a.index - b.index)).toEqual(items)
      for (const group of groups) expect(group).toEqual([...group].sort((a, b) => a.index - b.index))
      const lanesOf = new Map<string, Set<number>>()
      groups.forEach((group, number) => {
        for (const key of group.flatMap(({ own }) => own)) lanesOf.set(key, (lanesOf.get(key) ?? new Set()).add(number))
      })
      expect([...lanesOf.values()].filter(({ size }) => size > 1)).toEqual([])
    }),
    { numRuns }
  )
})

const event = fc.record({
  time: fc.integer({ min: 1, max: 50 }),
  name: fc.option(fc.constantFrom('Ada', 'Grace', 'Edsger'), { nil: undefined }),
  custom: fc.dictionary(fc.constantFrom('plan', 'seats'), fc.constantFrom<string | number | null>('pro', 3, null))
})

function toIdentification({
  time,
  name,
  custom
}: {
  time: number
  name?: string
  custom: CustomAttributes
}): Identification {
  const body = name === undefined ? {} : { name }
  return {
    identity: { kind: 'user', external_id: 'u1' },
    body,
    custom,
    companies: [],
    tags: {},
    consents: new Map(),
    unknown: 'leave_out',
    unchanged: 'skip',
    time,
    times: toTimes(body, custom, time),
    losses: []
  }
}

test('property: merged identifies have the same values as separate ones in the order of their times', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 12 }), (events) => {
      const [merged, ...others] = mergeIdentifications(
        events.map(({ name, ...rest }) => toIdentification(name === undefined ? rest : { ...rest, name }))
      )
      const expected = new Map<string, unknown>()
      for (const { name, custom } of [...events].sort((a, b) => a.time - b.time)) {
        if (name !== undefined) expected.set('name', name)
        for (const [key, value] of Object.entries(custom)) expected.set(key, value)
      }
      expect(others).toEqual([])
      expect({ ...merged?.task.body, ...merged?.task.custom }).toEqual(Object.fromEntries(expected))
      expect(merged?.from).toHaveLength(events.length)
    }),
    { numRuns }
  )
})
