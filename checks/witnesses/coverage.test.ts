import { coverage } from '@intercom-destinations/emulator'
import { hasDescription, readDescription, skippedNote } from './openapi'

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
