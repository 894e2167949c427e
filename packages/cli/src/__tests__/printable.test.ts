import { createEmulator, serve } from '@intercom-destinations/emulator'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { printable, printableLines, toPrintableJson } from '../text/printable'
import { runInside } from '../test-support/run-inside'

/** Colours, an 8-bit control sequence, a title, a carriage return, a text from right to left, and an invisible mark. */
const NASTY = '\u001b[31m\u009b2J\u001b]0;x\u0007\r\u202edcba\u200b'
// eslint-disable-next-line no-control-regex -- control characters are what must not occur
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/

const folder = mkdtempSync(path.join(os.tmpdir(), 'printable-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const env = { XDG_STATE_HOME: path.join(folder, 'state') }

/** Writes a file whose own name has control characters. */
function write(name: string, value: unknown): string {
  const file = path.join(folder, `${NASTY}${name}`)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

/** Long ago, so that no event waits for its person. */
const timestamp = '2020-01-01T00:00:00Z'
const EVENTS = [
  { type: 'identify', userId: 'u1', timestamp, traits: { email: 'ada@example.com', [`a${NASTY}`]: [1], plan: NASTY } },
  { type: 'track', userId: 'u1', timestamp, event: `Paid ${NASTY}`, properties: { [`b${NASTY}`]: {}, note: NASTY } },
  { type: 'track', userId: `stranger${NASTY}`, event: NASTY, timestamp },
  { type: NASTY, userId: 'u1' }
]
const FILE = EVENTS.map((event) => JSON.stringify(event)).join('\n')
const WORKSPACE = { name: `Acme ${NASTY}`, contactAttributes: [{ name: `plan${NASTY}`, data_type: 'string' }] }
const MAPPING = [
  {
    name: `Row ${NASTY}`,
    partnerAction: 'trackEvent',
    subscribe: 'type = "track"',
    mapping: {
      event_name: { '@path': '$.event' },
      created_at: { '@path': '$.timestamp' },
      user_id: { '@path': '$.userId' },
      metadata: { '@path': '$.properties' }
    }
  }
]

describe('text from files and servers does not control the terminal', () => {
  const file = write('events.ndjson', FILE)
  const workspace = write('workspace.json', WORKSPACE)
  const mapping = write('mapping.json', MAPPING)
  const event = JSON.stringify(EVENTS[1])

  it.each([
    ['deliver', ['deliver', file, '-w', workspace]],
    ['deliver by a mapping', ['deliver', file, '-m', mapping]],
    ['deliver as JSON', ['deliver', file, '-m', mapping, '-w', workspace, '--json']],
    ['a dry run', ['deliver', file, '--dry-run']],
    ['a dry run as JSON', ['deliver', file, '--dry-run', '--json']],
    ['check-connection', ['check-connection', file, '-w', workspace]],
    ['check-connection as JSON', ['check-connection', file, '-w', workspace, '--json']],
    ['trace', ['trace', event, '-m', mapping]],
    ['trace as JSON', ['trace', event, '-m', mapping, '--json']],
    ['a missing file', ['deliver', `${file}${NASTY}`]],
    ['a folder', ['deliver', path.dirname(write(path.join('folder', 'in-it'), ''))]],
    ['an invalid workspace file', ['deliver', file, '-w', write('no.json', { [NASTY]: 1 })]],
    ['an invalid mapping file', ['deliver', file, '-m', write('no-mapping.json', [{ partnerAction: NASTY }])]],
    ['a mapping file that is no JSON', ['deliver', file, '-m', write('broken.json', `{${NASTY}`)]],
    ['an unknown option', ['deliver', file, `--${NASTY}`]],
    ['an unknown command', [NASTY]],
    ['an invalid number', ['deliver', file, '--limit', NASTY]],
    ['an invalid target', ['deliver', file, '--to', NASTY]],
    ['an invalid event', ['trace', JSON.stringify({ type: NASTY, userId: 'u1' })]]
  ])('%s', async (_, args) => {
    const { out, err } = await runInside(args, { env })
    expect(out + err).not.toMatch(CONTROL)
    expect(out + err).not.toBe('')
  })

  it('prints answers of Intercom without control characters', async () => {
    const emulator = createEmulator({ workspace: { name: `Acme ${NASTY}` } })
    const { url, close } = await serve(emulator)
    const body = { type: 'error.list', errors: [{ code: 'parameter_invalid', message: `No ${NASTY}` }] }
    emulator.fault({ status: 400, body, times: Infinity, match: { method: 'POST', path: '/contacts' } })
    emulator.fault({ status: 403, body, times: Infinity, match: { path: '/tags' } })
    const results = [
      await runInside(['deliver', file, '--to', url], { env }),
      await runInside(['deliver', file, '--to', url], { env }),
      await runInside(['deliver', file, '--to', url, '--json', '--restart'], { env }),
      await runInside(['check-connection', '--to', url], { env }),
      await runInside(['deliver', file, '--to', url, '--restart', '--failed', `/no/${NASTY}`], { env })
    ]
    await close()
    for (const { out, err } of results) expect(out + err).not.toMatch(CONTROL)
  })
})

it('keeps the meaning of JSON when it is made printable', () => {
  const value = { [NASTY]: [NASTY, 'a\nb', '\u{e0001}', 'é 👩‍💻'] }
  expect(toPrintableJson(value)).not.toMatch(CONTROL)
  expect(JSON.parse(toPrintableJson(value))).toEqual(value)
})

it('keeps line breaks', () => {
  expect(printableLines(`a${NASTY}\nb`)).toMatch(/^a.*\nb$/)
  expect(printable('a\nb')).toBe('a·b')
})
