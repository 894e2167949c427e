import { createEmulator, serve } from '@intercom-destinations/emulator'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { openFolder } from '../test-support/open-folder'
import { runBinary } from '../test-support/run-binary'

const files = openFolder()
const { run, write, folder, remove } = files
afterAll(remove)

const IDENTIFY =
  '{"type":"identify","userId":"u1","traits":{"email":"ada@example.com"},"timestamp":"2026-11-09T08:00:00Z"}'
/** No identify has this id, and the event is too old to wait for one. */
const STRANGER =
  '{"type":"track","userId":"stranger","event":"Clicked","timestamp":"2024-01-01T00:00:00Z","secret":"ada@example.com"}'
const MEGABYTE = 1_000_000

const inFolder = (name: string) => path.join(folder, name)
const read = (name: string) => readFileSync(inFolder(name), 'utf8')

describe('gzip', () => {
  const packed = gzipSync(`${IDENTIFY}\n`.repeat(20))

  it('is recognised by its first bytes, in a file of any name and in a pipe, in several members', async () => {
    const twice = Buffer.concat([packed, packed])
    const file = await run(['deliver', write('packed.ndjson', twice), '--json'])
    const pipe = await run(['deliver', '-', '--json'], { stdin: twice })
    expect(JSON.parse(file.out).events.delivered).toBe(40)
    expect(JSON.parse(pipe.out).events.delivered).toBe(40)
    expect([file.code, pipe.code]).toEqual([0, 0])
  })

  it('is refused before anything is delivered when it is truncated', async () => {
    const { code, err, out } = await run(['deliver', write('short.gz', packed.subarray(0, -12))])
    expect(err).toMatch(/short\.gz ends in the middle of its gzip data: it is truncated\. Fetch or write it again\./)
    expect(err).toContain('Nothing was delivered.')
    expect(out).toBe('')
    expect(code).toBe(2)
  })

  it('is refused when it is damaged', async () => {
    const damaged = Buffer.from(packed)
    damaged.fill(0xff, 12, 40)
    const { code, err } = await run(['deliver', write('damaged.gz', damaged)])
    expect(err).toMatch(/damaged\.gz is damaged: its gzip data cannot be unpacked\. Fetch or write it again/)
    expect(code).toBe(2)
  })

  it('is delivered as far as it goes when a pipe ends too early, and reported as incomplete', async () => {
    const { code, out } = await run(['deliver', '-'], { stdin: packed.subarray(0, -12) })
    expect(out).toContain('Broken off: standard input ends in the middle of its gzip data: it is truncated.')
    expect(code).toBe(1)
  })
})

describe('a line of 10 MB', () => {
  it('is reported by its number with advice, and the others are delivered', async () => {
    const long = `{"type":"track","userId":"u1","event":"${'x'.repeat(10 * MEGABYTE)}"}`
    const { code, out } = await run(['deliver', write('long.ndjson', `${IDENTIFY}\n${long}\n${IDENTIFY}\n`)])
    expect(out).toContain('it is longer than 10 MB, which no event is; see whether line breaks are\n')
    expect(out).toContain('missing: line 2\n')
    expect(out).toContain('      2  of 2 events delivered\n')
    expect(code).toBe(1)
    expect(read('long.failed.reasons.ndjson')).toContain('{"line":2,"reason":"it is longer than 10 MB')
    expect(read('long.failed.reasons.ndjson')).toContain('(not copied among the failed lines; look for it in the input')
  })
})

describe('a file that changes during its delivery', () => {
  it('does not count as delivered', async () => {
    const people = Array.from({ length: 20 }, (_, index) => `{"type":"identify","userId":"u${index}"}\n`)
    const file = write('growing.ndjson', people.join(''))
    const emulator = createEmulator()
    let requests = 0
    const { url, close } = await serve({
      fetch: (...request) => {
        requests += 1
        if (requests === 5) appendFileSync(file, `${IDENTIFY}\n`)
        return emulator.fetch(...request)
      }
    })
    const { code, err } = await run(['deliver', file, '--to', url]).finally(close)
    expect(err).toContain('growing.ndjson changed while it was being delivered. Deliver a copy that does not change.')
    expect(code).toBe(1)
  })
})

describe('lines that fail', () => {
  it('are kept unchanged, and their reasons without values of the events', async () => {
    const { code, err } = await run(['deliver', write('some.ndjson', `${IDENTIFY}\n${STRANGER} \r\nno json\n`)])
    expect(read('some.failed.ndjson').split('\n').sort()).toEqual(['', `${STRANGER} \r`, 'no json'].sort())
    const reasons = read('some.failed.reasons.ndjson')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(reasons).toContainEqual({ line: 3, reason: 'it is not JSON' })
    expect(reasons).toContainEqual({
      line: 2,
      action: 'Track Event',
      reason: expect.stringContaining('Intercom does not know the person of this event.'),
      status: 400,
      code: 'PAYLOAD_VALIDATION_FAILED',
      retryable: false
    })
    expect(JSON.stringify(reasons)).not.toContain('ada@')
    expect(err).toContain(`Failed lines: ${inFolder('some.failed.ndjson')}`)
    expect(code).toBe(1)
  })

  it('leave no file when there are none', async () => {
    await run(['deliver', write('fine.ndjson', IDENTIFY)])
    expect(existsSync(inFolder('fine.failed.ndjson'))).toBe(false)
  })

  it('never overwrite those of an earlier delivery', async () => {
    const file = write('again.ndjson', STRANGER)
    await run(['deliver', file])
    await run(['deliver', file])
    expect(read('again.failed.ndjson')).toBe(`${STRANGER}\n`)
    expect(read('again.failed.2.ndjson')).toBe(`${STRANGER}\n`)
    const { code, err } = await run(['deliver', file, '--failed', inFolder('again.failed.ndjson')])
    expect(err).toContain('again.failed.ndjson is there already.')
    expect(code).toBe(2)
  })
})

describe('a mapping file', () => {
  it('replaces the presets', async () => {
    const mapping = write(
      'mapping.json',
      JSON.stringify([
        {
          name: 'Only names',
          partnerAction: 'identifyContact',
          subscribe: 'type = "identify"',
          enabled: true,
          mapping: { role: 'user', external_id: { '@path': '$.userId' } }
        }
      ])
    )
    const { out } = await run([
      'deliver',
      write('mapped.ndjson', `${IDENTIFY}\n${STRANGER}\n`),
      '-m',
      mapping,
      '--json'
    ])
    expect(JSON.parse(out)).toMatchObject({
      actions: [{ action: 'Only names', delivered: 1 }],
      notForIntercom: [{ reason: 'no subscription takes track calls' }]
    })
  })

  it('is refused with a mistake, which is explained', async () => {
    const mapping = write('wrong.json', '[{"partnerAction":"track","subscribe":"type = \\"track\\"","mapping":{}}]')
    const { code, err } = await run(['deliver', write('any.ndjson', IDENTIFY), '--mapping', mapping])
    expect(err).toContain(
      '[0].partnerAction is "track"; this destination has identifyContact, groupIdentifyContact, trackEvent'
    )
    expect(code).toBe(2)
  })

  it('is refused when it is no JSON', async () => {
    const { code, err } = await run(['deliver', write('other.ndjson', IDENTIFY), '-m', write('no.json', 'nope')])
    expect(err).toMatch(/The mapping file .*no\.json cannot be used: .*is not valid JSON/)
    expect(code).toBe(2)
  })
})

describe('a dry run', () => {
  it('prints each request and delivers nothing', async () => {
    const { code, out, err } = await run(['deliver', write('dry.ndjson', IDENTIFY), '--dry-run'], {
      env: { INTERCOM_ACCESS_TOKEN: 'very-secret-token' }
    })
    expect(out.split('\n').filter((line) => line.startsWith('line'))).toEqual([
      'line 1: POST /contacts/search',
      'line 1: POST /contacts'
    ])
    expect(out).toContain('{"role":"user","external_id":"u1","email":"ada@example.com"')
    expect(err).toContain('Nothing was delivered.')
    expect(out + err).not.toMatch(/very-secret-token|Bearer/)
    expect(code).toBe(0)
  })

  it('prints JSON for programs', async () => {
    const { out } = await run(['deliver', write('dry2.ndjson', IDENTIFY), '--dry-run', '--json'])
    const requests = out
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(requests[1]).toMatchObject({ line: 1, method: 'POST', path: '/contacts', body: { external_id: 'u1' } })
  })
})

describe('a target', () => {
  const file = () => write('target.ndjson', IDENTIFY)

  it.each<[string, string[], Record<string, string>, RegExp, number]>([
    [
      'on another machine',
      ['--to', 'http://example.com:80'],
      {},
      /--to takes emulator, intercom, or the address of/,
      2
    ],
    ['with an invalid address', ['--to', 'nowhere'], {}, /--to takes emulator, intercom, or the address of/, 2],
    [
      'without a token',
      ['--to', 'intercom'],
      { INTERCOM_ACCESS_TOKEN: '' },
      /needs the access token of the workspace/,
      2
    ],
    ['without a server', ['--to', 'http://127.0.0.1:1'], {}, /http:\/\/127\.0\.0\.1:1 cannot be used: .*reached/, 3],
    [
      'with a workspace file',
      ['--to', 'http://127.0.0.1:1', '-w', 'x.json'],
      {},
      /--workspace belongs to the built-in/,
      2
    ]
  ])('%s is refused', async (_, args, env, message, exitCode) => {
    const { code, err } = await run(['deliver', file(), ...args], { env })
    expect(err).toMatch(message)
    expect(err).toContain('Nothing was delivered.')
    expect(code).toBe(exitCode)
  })

  it('is reported when it does not accept the token', async () => {
    const { url, close } = await serve(createEmulator({ token: 'the right one' }))
    const { code, err } = await run(['deliver', file(), '--to', url], {
      env: { INTERCOM_ACCESS_TOKEN: 'very-secret-token' }
    }).finally(close)
    expect(err).toContain('cannot be used: Intercom no longer accepts the access token')
    expect(err).not.toContain('very-secret-token')
    expect(code).toBe(3)
  })
})

describe('memory', () => {
  it('does not grow with the file: 60 MB are read with a heap of 48 MB', async () => {
    const page = `{"type":"page","userId":"u1","properties":{"text":"${'x'.repeat(100_000)}"}}\n`
    const { code, out } = await runBinary(files, ['deliver', write('wide.ndjson', page.repeat(600)), '--json'], {
      env: { NODE_OPTIONS: '--max-old-space-size=48' }
    })
    expect(code).toBe(0)
    expect(JSON.parse(out).events.notForIntercom).toBe(600)
  })
})
