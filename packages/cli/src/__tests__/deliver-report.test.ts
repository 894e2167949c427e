import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { openFolder, type TestFolder } from '../test-support/open-folder'
import { serveEmulator } from '../test-support/serve-emulator'

let folder: TestFolder
beforeEach(() => {
  folder = openFolder()
})
afterEach(() => {
  folder.remove()
})

const EVENTS = [
  {
    type: 'identify',
    userId: 'u1',
    traits: { email: 'ada@secret.example', shoe_size: 415, address: { city: 'Paris' } }
  },
  { type: 'track', userId: 'u1', event: 'Paid', properties: { cart: ['secret'] } },
  { type: 'page', userId: 'u1' },
  { type: 'track', userId: 'stranger', event: 'Paid' }
]

const toLines = (events: readonly object[]) =>
  `${events.map((event) => JSON.stringify({ timestamp: '2026-11-09T08:00:00Z', ...event })).join('\n')}\n`

const writeEvents = () => folder.write('events.ndjson', toLines(EVENTS))
const inFolder = (name: string) => path.join(folder.folder, name)
/** The text of the page, as a reader sees it. */
const textOf = (file: string) =>
  readFileSync(file, 'utf8')
    .replace(/<style>[^]*<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')

describe('deliver --report', () => {
  it('writes what was lost, why, and how the failed lines are sent again', async () => {
    const file = inFolder('report.html')
    const { code, err } = await folder.run(['deliver', writeEvents(), '--report', file])
    expect(code).toBe(1)
    expect(err).toContain(`Report: ${file}`)
    const text = textOf(file)
    expect(text).toContain(
      'custom_ attributes. shoe_ size Identify Contact 1 the workspace has no attribute of this name'
    )
    expect(text).toContain('metadata. cart Track Event 1 Intercom stores single values only')
    expect(text).toContain('properties. cart , line 2')
    expect(text).toContain('no subscription takes page calls none 1 line 3')
    expect(text).toContain(`intercom-destination deliver ${inFolder('events.failed.ndjson')}`)
    expect(text).toContain('Event names: 1 name of 120')
    expect(text).not.toMatch(/secret|415|Paris/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('shows one example value of each loss when asked', async () => {
    const file = inFolder('report.html')
    await folder.run(['deliver', writeEvents(), '--report', file, '--report-values'])
    expect(textOf(file)).toContain('{&quot;city&quot;:&quot;Paris&quot;}')
  })

  it('writes the part that was done after a Ctrl-C', async () => {
    const file = inFolder('report.html')
    const many = Array.from({ length: 300 }, (_, index) => ({ type: 'identify', userId: `u${index}` }))
    const served = await serveEmulator()
    const events = folder.write('many.ndjson', toLines([{ type: 'identify', userId: 'a' }, ...many]))
    const { code } = await folder.run(['deliver', events, '--to', served.address, '--report', file], {
      interruptWhen: (err) => err.includes('Journal:')
    })
    await served.close()
    expect(code).toBe(130)
    expect(textOf(file)).toContain('Stopped early. The report shows the part that was done.')
  })

  it('counts all parts of a run that was continued, and says what it knows of the later one alone', async () => {
    const file = inFolder('report.html')
    const served = await serveEmulator()
    const [identify, track, page, stranger] = EVENTS
    const events = folder.write('events.ndjson', toLines([stranger, identify, track, page].flatMap((one) => one ?? [])))
    const args = ['deliver', events, '--to', served.address, '--report', file]
    await folder.run([...args, '--limit', '2'])
    const { code } = await folder.run(args)
    await served.close()
    expect(code).toBe(0)
    const text = textOf(file)
    expect(text).toContain(
      '2 lines were done by an earlier part of this run. All parts of this run together: 2 delivered 1 rejected or unreadable 1 not for Intercom, or blank What follows is about this part alone: of earlier lines only the result is kept, not what was left out of them.'
    )
    // The failed line of the earlier part is sent again by the same command.
    expect(text).toContain(`deliver ${inFolder('events.failed.ndjson')} --to ${served.address}`)
    expect(text).toContain('metadata. cart Track Event 1')
    expect(text).not.toContain('shoe_ size')
  })

  it('repeats target, region and mapping in the commands, quoted for a shell', async () => {
    const file = inFolder('report.html')
    const served = await serveEmulator()
    const events = folder.write("ada's events.ndjson", toLines(EVENTS))
    await folder.run(['deliver', events, '--to', served.address, '--report', file])
    await served.close()
    const quoted = inFolder("ada'\\''s events.ndjson")
    expect(textOf(file)).toContain(`attributes '${quoted}' --to ${served.address} --create`)
    expect(textOf(file)).toContain(`deliver '${inFolder("ada'\\''s events.failed.ndjson")}' --to ${served.address}`)
  })

  it('replaces an older report and no other file', async () => {
    const events = writeEvents()
    const before = readFileSync(events, 'utf8')
    const { code, err } = await folder.run(['deliver', events, '--report', events])
    expect(code).toBe(2)
    expect(err).toContain('it is not an HTML page')
    expect(readFileSync(events, 'utf8')).toBe(before)
    const file = folder.write('report.html', '<!doctype html>\nold')
    await folder.run(['deliver', events, '--report', file])
    expect(textOf(file)).toContain('Delivery of')
  })

  it('says before anything is delivered that a folder is not there', async () => {
    const { code, err } = await folder.run(['deliver', writeEvents(), '--report', inFolder('gone/report.html')])
    expect(code).toBe(2)
    expect(err).toContain('there is no such folder')
    expect(existsSync(inFolder('events.failed.ndjson'))).toBe(false)
  })

  it('is refused with --dry-run, which delivers nothing', async () => {
    const { code, err } = await folder.run(['deliver', writeEvents(), '--dry-run', '--report', inFolder('r.html')])
    expect(code).toBe(2)
    expect(err).toContain('--report needs a delivery')
  })
})
