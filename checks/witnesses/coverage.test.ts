import { coverage, createEmulator } from '@intercom-destinations/emulator'
import { IntercomClient } from 'intercom-client'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROWS } from '../../packages/emulator/src/test-support/operations-table'
import { ROOT } from '../source-files'
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

test('the figures of the emulator’s README are those of the tables', () => {
  const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8').replace(/\s+/g, ' ')
  const described = coverage.filter(({ operation }) => !ELSEWHERE.includes(operation))
  const built = described.filter(({ state }) => state !== 'not started')
  const partly = built.filter(({ state }) => state === 'partial')
  const bySdk = coverage.filter(({ testedBy }) => testedBy.includes('sdk'))
  const own = read('packages/emulator/README.md')
  expect(own).toContain(`${built.length} are built here, ${partly.length} of them in part`)
  expect(own).toContain(`the other ${described.length - built.length} operations`)
  expect(own).toContain(`in ${ROWS.length} rows`)
  expect(own).toContain(`calls over ${bySdk.length} operations`)
  expect(own).toContain(`all ${described.length} operations`)
})
