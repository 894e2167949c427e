import { coverage, createEmulator } from '@intercom-destinations/emulator'
import { IntercomClient } from 'intercom-client'
import { hasDescription, readDescription, skippedNote } from './openapi'
import { SEED, workingDay } from './working-day'

/** Answered, and described elsewhere than in the OpenAPI description. */
const ELSEWHERE = [
  'GET /widget/{app_id}',
  'GET /oauth',
  'POST /oauth/consent',
  'POST /auth/eagle/token',
  'POST /auth/uninstall'
]

/** Parameters have other names here and there. */
const bare = (operation: string) => operation.replace(/\{[^}]+\}/g, '{}')

const testWhereDescribed = hasDescription ? test : test.skip

testWhereDescribed(
  `the coverage table has every operation of Intercom’s description, and no other${skippedNote}`,
  () => {
    const described = readDescription().operations.map(bare).sort()
    const listed = coverage.map(({ operation }) => operation).filter((operation) => !ELSEWHERE.includes(operation))
    expect(listed.map(bare).sort()).toEqual(described)
    expect(described).toHaveLength(231)
  }
)

/** The row of the table that a request belongs to: the one with the fewest parameters. */
const rowOf = (request: string): string | undefined => {
  const parameters = (operation: string) => operation.split('{').length
  const fits = (operation: string) =>
    new RegExp(`^${operation.replace(/\{[^}]+\}/g, '[^/]+').replaceAll('/', '\\/')}$`).test(request)
  const [found] = coverage
    .map(({ operation }) => operation)
    .filter(fits)
    .sort((a, b) => parameters(a) - parameters(b))
  return found
}

test('what the table says the SDK tests, the SDK’s working day asks for', async () => {
  const emulator = createEmulator({ seed: SEED })
  const fetch: typeof globalThis.fetch = (input, init) => emulator.fetch(input, init)
  await workingDay(new IntercomClient({ token: 'x', baseUrl: 'https://api.intercom.io', maxRetries: 0, fetch }))
  const asked = new Set(emulator.requests.map(({ operation }) => rowOf(operation)))
  const claimed = coverage.filter(({ testedBy }) => testedBy.includes('sdk')).map(({ operation }) => operation)
  expect([...asked].sort()).toEqual([...claimed].sort())
})
