import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isJsonObject } from '@intercom-destinations/delivery'

const ROOT = path.join(__dirname, '../../../..')
const FILE = readFileSync(path.join(ROOT, 'examples/saas-week.ndjson'), 'utf8')
const EVENTS = FILE.trimEnd()
  .split('\n')
  .map((line): unknown => JSON.parse(line))
  .filter(isJsonObject)

describe('the example week', () => {
  it('is the output of its script, byte for byte', () => {
    const script = path.join(ROOT, 'scripts/generate-example-week.mjs')
    expect(execFileSync(process.execPath, [script, '-'], { encoding: 'utf8' })).toBe(FILE)
  })

  it('is a week, in order', () => {
    const times = EVENTS.map(({ timestamp }) => (typeof timestamp === 'string' ? timestamp : ''))
    expect(times).toEqual([...times].sort())
    expect(times[0]?.slice(0, 10)).toBe('2026-11-09')
    expect(times.at(-1)?.slice(0, 10)).toBe('2026-11-15')
  })

  it('identifies all people before their other events', () => {
    const known = new Set<unknown>()
    const strangers = EVENTS.filter(({ type, userId }) => {
      if (type === 'identify') known.add(userId)
      return userId !== undefined && !known.has(userId)
    })
    expect(strangers).toEqual([])
    expect(known.size).toBe(41)
  })

  it('contains only addresses that cannot belong to a person', () => {
    const addresses = FILE.match(/[a-z0-9.-]+@[a-z0-9.-]+|https?:\/\/[a-z0-9.-]+/g) ?? []
    expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([])
  })
})
