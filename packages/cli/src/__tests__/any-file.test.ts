import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { openFolder } from '../test-support/open-folder'
import { runBinary } from '../test-support/run-binary'
import { serveEmulator } from '../test-support/serve-emulator'

const files = openFolder()
const { run, write, folder, remove } = files
afterAll(remove)

const inFolder = (name: string) => path.join(folder, name)
const identify = (userId: string) => ({ type: 'identify', userId, traits: { email: `${userId}@example.com` } })
const toLine = (event: object) => `${JSON.stringify(event)}\n`
const ADA = identify('ada')
const BOB = identify('bob')
const LINES = toLine(ADA) + toLine(BOB)
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
const signature = (start: string) => Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(600)])
// eslint-disable-next-line @typescript-eslint/no-unsafe-return
const summaryOf = ({ out }: { out: string }) => JSON.parse(out)

describe('a file of events is delivered whatever its kind:', () => {
  it.each<[string, string | Uint8Array]>([
    ['lines.ndjson', LINES],
    ['with-mark.ndjson', `\uFEFF${LINES}`],
    ['packed.gz', gzipSync(LINES)],
    ['list.json', JSON.stringify([ADA, BOB])],
    ['pretty-list.json', JSON.stringify([ADA, BOB], undefined, 2)],
    ['pretty.json', JSON.stringify(ADA, undefined, 2) + JSON.stringify(BOB, undefined, 2)],
    ['list.json.gz', gzipSync(JSON.stringify([ADA, BOB]))],
    ['powershell.json', utf16(LINES)],
    ['powershell-list.json', utf16(JSON.stringify([ADA, BOB], undefined, 2))],
    ['big-endian.json', utf16(LINES).swap16()],
    ['table.csv', 'userId,traits.email,type\nada,ada@example.com,identify\nbob,bob@example.com,identify\n'],
    ['excel.csv', '\uFEFFuserId;traits.email\r\nada;ada@example.com\r\nbob;bob@example.com\r\n']
  ])('%s', async (name, content) => {
    const result = await run(['deliver', write(name, content), '--json'])
    expect(summaryOf(result)).toMatchObject({
      complete: true,
      lines: { events: 2, unreadable: 0 },
      events: { delivered: 2 },
      intercomHolds: { users: 2 }
    })
    expect(result.code).toBe(0)
  })
})

describe('a file without events is named, with what to do, and nothing is delivered:', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['empty.ndjson', '', 'is empty. See whether its export has ended.'],
    ['blank.ndjson', '\n \n', 'is empty.'],
    ['events.zip', signature('PK\x03\x04'), 'is a zip archive. Unpack it first: unzip '],
    ['events.xlsx', signature('PK\x03\x04[Content_Types].xml'), 'is an Excel workbook. Save it as “CSV UTF-8” there.'],
    ['events.parquet', signature('PAR1'), 'is a Parquet file. Export the events as NDJSON, JSON or CSV'],
    ['chart.png', signature('\x89PNG\r\n\x1a\n'), 'is a PNG image.'],
    ['report.pdf', signature('%PDF-1.7\n'), 'is a PDF document.'],
    ['events.zst', signature('\x28\xb5\x2f\xfd'), 'is packed with zstd. Unpack it first: unzstd '],
    ['sign-in.ndjson', '<!doctype html><title>Sign in</title>', 'is an HTML page. It may be the error or sign-in page'],
    ['notes.txt', 'Dear team,\nsee below.', 'is text, but holds no JSON. Segment events are NDJSON'],
    [
      'people.csv',
      'email,plan\nada@example.com,pro\n',
      'is a CSV table without a column userId or anonymousId. Name its'
    ],
    ['archive.gz', gzipSync(signature('PAR1')), 'is a Parquet file.']
  ])('%s', async (name, content, message) => {
    const file = write(name, content)
    for (const command of ['deliver', 'check-connection', 'trace']) {
      const { code, out, err } = await run([command, file])
      expect(err).toContain(`${file} ${message}`)
      expect(err).toContain('Nothing was delivered.')
      expect(out).toBe('')
      expect(code).toBe(2)
    }
  })

  it('also in a pipe', async () => {
    const { code, out } = await run(['deliver', '-'], { stdin: signature('PAR1') })
    expect(out).toContain('Broken off: standard input is a Parquet file.')
    expect(code).toBe(1)
  })

  it('and by the binary', async () => {
    const { code, err } = await runBinary(files, ['deliver', write('real.zip', signature('PK\x03\x04'))])
    expect(err).toContain('real.zip is a zip archive. Unpack it first: unzip ')
    expect(err).toMatch(/\nFiles that are read: https:.*#a-file-cannot-be-read\n/)
    expect(code).toBe(2)
  })

  it('an empty list fails, too', async () => {
    const { code, err } = await run(['deliver', write('none.json', '[]')])
    expect(err).toContain('none.json holds no events.')
    expect(code).toBe(1)
  })
})

describe('several files', () => {
  const failing = { type: 'Identify', userId: 'x' }

  it('are one run, and a failed line names its file and line there', async () => {
    const one = write('one.ndjson', toLine(ADA) + toLine(failing))
    const two = write('two.json', JSON.stringify([BOB, failing]))
    const three = write('three.csv', 'userId,traits.email\ncarl,carl@example.com\nx\n')
    const result = await run(['deliver', one, two, three, '--json'])
    expect(summaryOf(result)).toMatchObject({
      events: { delivered: 3 },
      lines: { unreadable: 3 },
      unreadable: [
        { reason: 'unknown-type', lines: [2, 4], places: [`${one} line 2`, `${two} event 2`] },
        { reason: 'other-cells', lines: [6], places: [`${three} row 3`] }
      ]
    })
    expect(result.code).toBe(1)
    const reasons = readFileSync(inFolder('one.failed.reasons.ndjson'), 'utf8')
    expect(reasons).toContain(`{"file":"${two}","event":2,"reason":`)
    expect(readFileSync(inFolder('one.failed.ndjson'), 'utf8').split('\n')).toEqual([
      JSON.stringify(failing),
      JSON.stringify(failing),
      'x',
      ''
    ])
    const { out } = await run(['deliver', one, two])
    expect(out).toContain('write "identify":')
    expect(out).toContain(`event 2`)
  })

  it('are found in a folder and by a quoted pattern, without those of earlier runs', async () => {
    await mkdir(inFolder('logs/day'), { recursive: true })
    write('logs/b.gz', gzipSync(toLine(BOB)))
    write('logs/day/a.ndjson', toLine(ADA))
    write('logs/.hidden', 'x')
    write('logs/b.failed.ndjson', toLine(failing))
    const all = await run(['deliver', inFolder('logs'), '--json'])
    expect(summaryOf(all)).toMatchObject({ events: { delivered: 2 }, lines: { unreadable: 0 } })
    expect(all.err).toContain('b.failed.ndjson is left out: an earlier run wrote it. Name it alone to deliver it.')
    expect(all.code).toBe(0)
    const some = await run(['deliver', inFolder('logs/*.gz'), '--json'])
    expect(summaryOf(some).events.delivered).toBe(1)
    const none = await run(['deliver', inFolder('logs/*.csv')])
    expect(none.err).toContain('No file matches the pattern')
    expect(none.code).toBe(2)
  })

  it('of a folder that hold no events are left out, and the exit code shows it', async () => {
    await mkdir(inFolder('mixed'), { recursive: true })
    write('mixed/a.ndjson', toLine(ADA))
    write('mixed/b.zip', signature('PK\x03\x04'))
    const result = await run(['deliver', inFolder('mixed'), '--json'])
    expect(result.err).toContain('b.zip is a zip archive.')
    expect(result.err).toContain('It is left out.')
    expect(summaryOf(result).events.delivered).toBe(1)
    expect(result.code).toBe(1)
    const named = await run(['deliver', inFolder('mixed/a.ndjson'), inFolder('mixed/b.zip')])
    expect(named.err).toContain('Nothing was delivered.')
    expect(named.code).toBe(2)
  })

  it('continue after an interruption in the second one, with one journal, and the summary counts the whole', async () => {
    const PEOPLE = 20
    const tracks = (file: number) =>
      Array.from({ length: PEOPLE }, (_, person) =>
        toLine({
          type: 'track',
          userId: `user-${person}`,
          event: 'Clicked',
          timestamp: new Date(Date.UTC(2026, 10, 9, 8, file, person)).toISOString()
        })
      ).join('')
    const people = Array.from({ length: PEOPLE }, (_, person) => toLine(identify(`user-${person}`))).join('')
    const watch: { interrupt: () => void } = { interrupt: () => undefined }
    const emulator = await serveEmulator({}, (submitted) => {
      if (submitted === PEOPLE + 5) watch.interrupt()
    })
    await mkdir(inFolder('parts'), { recursive: true })
    write('parts/1.gz', gzipSync(people + tracks(1)))
    write('parts/2.json', `[${tracks(2).trimEnd().split('\n').join(',')}]`)
    write('parts/3.ndjson', `no json\n${tracks(3)}`)
    const args = ['deliver', inFolder('parts'), '--to', emulator.address, '--json']
    const stopped = await run(args, {
      onStart: (interrupt) => {
        watch.interrupt = interrupt
      }
    })
    expect(stopped.code).toBe(130)
    const first = summaryOf(stopped)
    expect(first.complete).toBe(false)
    const second = await run(args)
    await emulator.close()
    expect(second.err).toContain('Continuing where an earlier run stopped:')
    expect(summaryOf(second)).toMatchObject({
      complete: true,
      lines: { earlier: first.lines.read },
      whole: { delivered: PEOPLE * 4, failed: 1, nothingToDeliver: 0 }
    })
    expect(readFileSync(inFolder('parts.failed.reasons.ndjson'), 'utf8')).toBe(
      `${JSON.stringify({ file: inFolder('parts/3.ndjson'), line: 1, reason: 'it is not JSON' })}\n`
    )
    expect(emulator.submitted()).toBe(PEOPLE * 3)
  })
})

describe('trace', () => {
  it.each([
    ['a pretty event', 'pretty-one.json', JSON.stringify(ADA, undefined, 2)],
    ['a list of one', 'one-item.json', JSON.stringify([ADA])],
    ['UTF-16', 'one-utf16.json', utf16(toLine(ADA))]
  ])('takes a file with %s, with and without an @', async (_, name, content) => {
    const file = write(name, content)
    for (const event of [file, `@${file}`]) {
      const { code, out } = await run(['trace', event, '--json'])
      expect(summaryOf({ out }).type).toBe('identify')
      expect(code).toBe(0)
    }
  })

  it('takes one of several by its number, and asks for it', async () => {
    const file = write('two-items.json', JSON.stringify([ADA, { ...BOB, type: 'track', event: 'Clicked' }]))
    const { out } = await run(['trace', file, '--line', '2', '--json'])
    expect(summaryOf({ out }).type).toBe('track')
    const { code, err } = await run(['trace', file])
    expect(err).toContain('two-items.json holds more than one event. Choose one by the number of its event: --line 1.')
    expect(code).toBe(2)
    expect((await run(['trace', file, '-l', '9'])).err).toContain('two-items.json has no event 9.')
    expect((await run(['trace', 'nowhere.json'])).err).toContain('nowhere.json cannot be read: there is no file')
  })
})

it('check-connection reads the same files', async () => {
  const table = write('needs.csv', 'userId,traits.seats:number\nada,5\n')
  const list = write('needs.json', JSON.stringify([{ ...ADA, traits: { seats: 7 } }]))
  const { out } = await run(['check-connection', table, list, '--json'])
  expect(summaryOf({ out }).file).toMatchObject({
    events: 2,
    attributes: [{ name: 'seats', types: { 'whole number': 2 } }]
  })
})
