import { readdirSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isJsonObject } from '@intercom-destinations/delivery'
import { openFolder } from '../test-support/open-folder'
import { BINARY, runBinary } from '../test-support/run-binary'
import type { Run } from '../test-support/run-inside'

const ROOT = path.join(__dirname, '../../../..')
const DIST = path.dirname(BINARY)
const EXAMPLES = path.join(ROOT, 'examples')
const WEEK = path.join(EXAMPLES, 'saas-week.ndjson')
const WORKSPACE = path.join(EXAMPLES, 'saas-week.workspace.json')

const files = openFolder()
const { run, write, remove } = files
afterAll(remove)

function summaryOf({ out }: Run) {
  const value: unknown = JSON.parse(out)
  if (!isJsonObject(value)) throw new Error('the summary is not an object')
  return value
}

/** The files that a process has run, from the coverage that Node wrote when it ended. */
function loadedFiles(folder: string): string[] {
  const reports = readdirSync(folder).filter((file) => /^coverage-.*\.json$/.test(file))
  return reports.flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8')
    rmSync(path.join(folder, file))
    return [...text.matchAll(/"url":"(file:[^"]+)"/g)].map(([, url = '']) => fileURLToPath(url))
  })
}

/** The packages whose code a bundle contains: the bundler marks each file. The destinations count, too. */
function bundledPackages(file: string): string[] {
  const marks = readFileSync(file, 'utf8').matchAll(
    /^\/\/ (?:node_modules\/((?:@[^/]+\/)?[^/]+)|packages\/(intercom-[^/]+))\//gm
  )
  return [...new Set([...marks].map(([, installed, ours]) => installed ?? ours ?? ''))]
}

const IDENTIFY =
  '{"type":"identify","userId":"u1","traits":{"email":"ada@example.com"},"timestamp":"2026-11-09T08:00:00Z"}'

describe('intercom-destination', () => {
  it('starts with the line that makes a shell run it', () => {
    expect(readFileSync(BINARY, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node')
  })

  it.each(['--version', 'deliver --help'])('loads neither Segment’s runtime nor a destination for %s', async (args) => {
    const { code, out } = await runBinary(files, args.split(' '), { env: { NODE_V8_COVERAGE: files.folder } })
    const loaded = loadedFiles(files.folder)
    expect(loaded.map((file) => path.relative(DIST, file))).toContain('bin.js')
    expect(loaded.flatMap(bundledPackages)).toEqual(['commander'])
    expect(out).not.toBe('')
    expect(code).toBe(0)
  })

  it.each([
    [['workbench', '--check'], 0, /^200 \/app\.js \d+ bytes$/m],
    [['workbench', '--nonsense'], 2, /unknown option '--nonsense'\nAdd --help to see how it is used\./]
  ])('%j opens the workbench, which reads its own options', async (args, expected, words) => {
    const { code, out, err } = await runBinary(files, args)
    expect(err).toMatch(words)
    expect([code, out]).toEqual([expected, ''])
  })

  it('delivers the example week', async () => {
    const result = await runBinary(files, ['deliver', WEEK, '--workspace', WORKSPACE])
    // On a busy machine it takes long enough to print progress.
    const messages = result.err.split('\n').filter((line) => !/^\d+%, /.test(line))
    expect(messages).toEqual([
      `Delivering ${WEEK} to the built-in Intercom emulator.`,
      'Nothing leaves this computer.',
      ''
    ])
    expect(result.out).toContain(
      [
        '    314  of 351 events delivered',
        '      0  rejected',
        '     37  not for Intercom',
        '',
        'Delivered',
        '     57  Identify Contact',
        '     44  Identify Company',
        '    213  Track Event',
        '',
        'Not for Intercom',
        '     32  no subscription takes page calls',
        "      5  kept away by the event's own integrations"
      ].join('\n')
    )
    expect(result.out).toContain(
      [
        '  the workspace has no attribute of this name:',
        '     12  Identify Contact  custom_attributes.referral_source',
        '      8  Identify Company  company.custom_attributes.account_manager',
        '  Intercom stores'
      ].join('\n')
    )
    expect(result.out).toContain(
      [
        'Intercom now holds',
        '     41  users',
        '      0  leads',
        '      9  companies',
        '     42  attachments of a contact to a company',
        '    213  events',
        '      0  tags'
      ].join('\n')
    )
    expect(result.out).not.toContain('\u001b')
    // An address cannot be broken.
    const lines = result.out.split('\n').filter((line) => !line.startsWith('https://'))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(result.code).toBe(0)
  })

  it('reports bad lines by number and delivers the rest', async () => {
    const file = write('bad.ndjson', `\ufeff${IDENTIFY}\r\n{oops\r\n\r\n[]\r\n{"type":"track"}\r\n`)
    const { code, out } = await run(['deliver', file])
    expect(out).toContain('      1  it is not JSON: line 2\n')
    expect(out).toContain('      1  it is JSON, but not an object: line 4\n')
    expect(out).toContain('      1  it has neither a userId nor an anonymousId: line 5\n')
    expect(out).toContain('      1  of 1 event delivered\n')
    expect(code).toBe(1)
  })

  it('reads standard input', async () => {
    const { code, out } = await run(['deliver', '-'], { stdin: IDENTIFY })
    expect(out).toContain('      1  of 1 event delivered\n')
    expect(code).toBe(0)
  })

  it('prints one JSON object when asked to', async () => {
    const result = await run(['deliver', write('one.ndjson', IDENTIFY), '--json'])
    expect(summaryOf(result)).toMatchObject({ events: { delivered: 1, rejected: 0, notForIntercom: 0 } })
    expect(result.out.trimEnd()).not.toContain('\n')
    expect(result.code).toBe(0)
  })

  it('never connects to a real workspace by default', async () => {
    const { code, out } = await run(['deliver', '-', '--json'], {
      stdin: IDENTIFY,
      env: { INTERCOM_ACCESS_TOKEN: 'a-real-token' }
    })
    expect(out).toContain('"delivered":1')
    expect(code).toBe(0)
  })

  it('reports that the built-in emulator cannot be started', async () => {
    jest.spyOn(net.Server.prototype, 'listen').mockImplementation(function (this: net.Server) {
      process.nextTick(() => this.emit('error', new Error('listen EPERM')))
      return this
    })
    const { code, err, out } = await run(['deliver', WEEK])
    expect(err).toContain('The built-in emulator could not be started on 127.0.0.1: listen EPERM')
    expect(out).toBe('')
    expect(code).toBe(3)
  })

  it.each<[string, string[], RegExp]>([
    [
      'a missing file',
      ['deliver', 'nowhere.ndjson'],
      /nowhere\.ndjson cannot be read: there is no file \/.*nowhere\.ndjson\./
    ],
    ['no file at all', ['deliver'], /missing required argument 'FILES'/],
    ['a missing workspace', ['deliver', WEEK, '-w', 'no.json'], /The workspace file no\.json cannot be read/],
    ['an invalid workspace', ['deliver', WEEK, '-w', WEEK], /is not one: .*shows its form/],
    ['an unknown option', ['deliver', WEEK, '--nope'], /unknown option '--nope'/],
    ['a limit that is no number', ['deliver', WEEK, '--limit', 'few'], /It takes a whole number from 1 on/]
  ])('explains what to do about %s', async (_, args, message) => {
    const { code, out, err } = await run(args)
    expect(err).toMatch(message)
    expect(err).toMatch(/--help/)
    expect(out).toBe('')
    expect(code).toBe(2)
  })

  it('prints its help', async () => {
    const { code, out } = await run(['deliver', '--help'])
    expect(out).toMatch(/Examples:\n.*intercom-destination deliver events\.ndjson/)
    expect(out).toContain('Exit codes:')
    expect(code).toBe(0)
  })

  it('prints a summary of what was delivered when Ctrl-C stops it', async () => {
    const events = 200_000
    const file = write('long.ndjson', `${IDENTIFY}\n`.repeat(events))
    const result = await runBinary(files, ['deliver', file, '--json'], {
      interruptWhen: (err) => err.includes('Delivering')
    })
    expect(result.err).toContain('Stopping after the events in flight.')
    const summary = summaryOf(result)
    expect(summary.stoppedEarly).toBe(true)
    expect(result.out).toMatch(/"rejected":0/)
    expect(isJsonObject(summary.lines) && summary.lines.events).not.toBe(events)
    expect(result.code).toBe(130)
  })

  it('ends at Ctrl-C while it waits for input', async () => {
    const { code, out } = await runBinary(files, ['deliver', '-'], {
      interruptWhen: (err) => err.includes('Delivering')
    })
    expect(out).toContain('Stopped early.')
    expect(code).toBe(130)
  })
})
