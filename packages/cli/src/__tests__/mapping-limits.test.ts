import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { destination as web } from '@intercom-destinations/intercom-web'
import { defaultValues } from '@segment/actions-core'
import { findMappingProblem, parseSubscriptions } from '@intercom-destinations/delivery'

/** In microseconds of this process's own time, so that a busy machine changes nothing. */
const SECOND = 1_000_000

const nest = (depth: number, wrap: (inner: unknown) => unknown, inner: unknown = { '@path': '$.a' }): unknown =>
  Array.from({ length: depth }).reduce((value: unknown) => wrap(value), inner)

const ifExists = (inner: unknown) => ({ '@if': { exists: inner, then: 1 } })

it.each([
  [
    'a template',
    { a: { '@template': '{{'.repeat(20_000) } },
    'a',
    /holds a template of 40,000 characters; the limit is 1,000/
  ],
  [
    'a template within others',
    { a: { b: [{ '@case': { value: { '@template': 'x'.repeat(1001) } } }] } },
    'a',
    /1,001 char/
  ],
  ['objects in objects', { a: 1, deep: nest(100_000, (inner) => ({ x: inner })) }, 'deep', /more than 50 levels deep/],
  ['lists in lists', { deep: nest(100_000, (inner) => [inner]) }, 'deep', /more than 50 levels deep/],
  ['directives in directives', { a: nest(13, ifExists) }, 'a', /each level doubles the time/],
  [
    'many nested directives',
    { a: Array.from({ length: 200 }, () => nest(8, ifExists)) },
    'a',
    /each level doubles the time/
  ],
  [
    'a mapping of 200,000 characters',
    { a: 'x'.repeat(200_000) },
    '',
    /is 200,\d{3} characters long; the limit is 100,000/
  ]
])('refuses %s at once, at its field', (_, mapping, field, text) => {
  const startedAt = process.cpuUsage()
  expect(findMappingProblem(mapping)).toEqual({ field, text: expect.stringMatching(text) })
  expect(process.cpuUsage(startedAt).user).toBeLessThan(SECOND)
})

it('accepts every mapping of the destinations, and moderate nesting', () => {
  const mappings = [
    ...Object.values(intercomCloud().actions).map(({ fields }) => defaultValues(fields)),
    ...web.presets.map(({ mapping }) => mapping),
    { a: nest(7, ifExists), b: { '@template': '{{properties.first}} and {{properties.second}}' } }
  ]
  expect(mappings.map((mapping) => findMappingProblem(mapping))).toEqual(mappings.map(() => undefined))
})

it('checks a mapping file before the mapping is used', () => {
  const row = {
    partnerAction: 'trackEvent',
    subscribe: 'type = "track"',
    mapping: { event_name: { '@template': '{{'.repeat(20_000) }, created_at: { '@path': '$.timestamp' } }
  }
  const startedAt = process.cpuUsage()
  expect(() => parseSubscriptions([row])).toThrow(
    '[0].mapping.event_name holds a template of 40,000 characters; the limit is 1,000'
  )
  expect(() => parseSubscriptions([{ ...row, subscribe: '('.repeat(50_000) }])).toThrow(
    '[0].subscribe is 50,000 characters long; the limit is 10,000'
  )
  expect(process.cpuUsage(startedAt).user).toBeLessThan(SECOND)
})
