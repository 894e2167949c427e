import { gzipSync } from 'node:zlib'
import type { Row, RunEnding, Submission, SubmittedLine, Submitted } from '../../../contract'
import { sendFiles, type FileProgress } from '../send-files'

const outcome = { state: 'waiting', calls: 0, losses: 0, doubtful: 0 } as const
const row: Row = {
  id: 'e1',
  receivedAt: 0,
  email: '',
  source: 'file',
  type: 'track',
  name: '',
  person: '',
  web: outcome,
  cloud: outcome,
  differs: false
}

/** Sends to a server that refuses what has no type. */
async function sendTo(files: readonly File[], stopAfter = Infinity) {
  const submissions: Submission[] = []
  const told: FileProgress[] = []
  const runs: string[] = []
  const endings: RunEnding[] = []
  const controller = new AbortController()
  const send = (submission: Submission): Promise<Submitted> => {
    submissions.push(submission)
    if (submissions.length >= stopAfter) controller.abort()
    const isRefused = (line: SubmittedLine) => typeof line !== 'string' || !line.includes('type')
    return Promise.resolve({
      rows: submission.lines.filter((line) => !isRefused(line)).map(() => row),
      refused: submission.lines.flatMap((text, line) => (isRefused(text) ? [{ line, reason: 'it has no type' }] : []))
    })
  }
  await sendFiles(files, {
    server: {
      open: ({ title }) => Promise.resolve({ run: `r${runs.push(title)}` }),
      send,
      end: (_run, ending) => Promise.resolve(endings.push(ending))
    },
    onProgress: (progress) => told.push(progress),
    stopped: controller.signal
  })
  return { submissions, runs, endings, end: told.at(-1), lines: submissions.flatMap((one) => one.lines) }
}

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding))
const packed = (text: string) => new Uint8Array(gzipSync(text))

const linesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => (n % 100 === 7 ? '{}' : `{"type":${n}}`))

test.each([
  ['as it is', (text: string) => new File([text], 'a.ndjson'), 'line'],
  ['packed', (text: string) => new File([packed(text)], 'a.ndjson.gz'), 'line'],
  ['as a list', (text: string) => new File([`[${text.replaceAll('\n', ',')}]`], 'a.json'), 'event']
])('a file %s is sent whole, 200 events at a time, and names what was refused by its place', async (_, make, unit) => {
  const { submissions, end, lines, runs, endings } = await sendTo([make(linesOf(450).join('\n'))])
  expect(lines).toEqual(linesOf(450))
  expect(Math.max(...submissions.map((one) => one.lines.length))).toBe(200)
  expect(end).toMatchObject({ state: 'done', sent: 445, refusedCount: 5, bytesRead: end?.bytes, run: 'r1' })
  expect(end?.refused.map(({ place }) => place)).toEqual(
    ['8', '108', '208', '308', '408'].map((number) => `${unit} ${number}`)
  )
  expect(new Set(submissions.map(({ run }) => run))).toEqual(new Set(['r1']))
  expect(runs).toEqual([end?.name])
  expect(endings).toEqual([{ kind: 'complete', reason: '' }])
})

test.each<[string, string | Uint8Array<ArrayBuffer>]>([
  ['pretty.json', '{\n  "type": "a"\n}\n{\n  "type": "b"\n}\n'],
  ['powershell.json', bytes('\uFEFF{"type":"a"}\r\n{"type":"b"}\r\n', 'utf16le')],
  ['with-mark.ndjson', '\uFEFF{"type":"a"}\n\n{"type":"b"}'],
  ['table.csv', 'userId,type\nada,a\nbob,b\n'],
  ['two-members.gz', new Uint8Array([...packed('{"type":"a"}\n'), ...packed('{"type":"b"}\n')])]
])('%s is read as the command line reads it', async (name, content) => {
  const { lines, end } = await sendTo([new File([content], name)])
  expect(lines.map((line) => (typeof line === 'string' ? /"type":\s?"(.)"/.exec(line)?.[1] : line))).toEqual(['a', 'b'])
  expect(end).toMatchObject({ state: 'done', sent: 2, leftOut: [] })
})

test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
  ['empty.ndjson', '', 'empty.ndjson is empty. See whether its export has ended.'],
  [
    'events.zip',
    bytes(`PK\x03\x04${'\0'.repeat(600)}`, 'latin1'),
    'is a zip archive. Unpack it first: unzip events.zip.'
  ],
  [
    'events.parquet',
    bytes(`PAR1${'\0'.repeat(600)}`, 'latin1'),
    'events.parquet is a Parquet file. Export the events as'
  ],
  ['chart.png', bytes(`\x89PNG${'\0'.repeat(600)}`, 'latin1'), 'chart.png is a PNG image.'],
  ['sign-in.ndjson', '<!doctype html><title>Sign in</title>', 'sign-in.ndjson is an HTML page. It may be the error or'],
  ['people.csv', 'name,email\nada,a@b.de\n', 'people.csv is a CSV table without a column userId or anonymousId.']
])('%s is named with what to do, and nothing is sent', async (name, content, problem) => {
  const { submissions, end, runs } = await sendTo([new File([content], name)])
  expect(submissions).toEqual([])
  expect(runs).toEqual([])
  expect(end?.state).toBe('done')
  expect(end?.leftOut).toEqual([expect.stringContaining(problem)])
})

test('several files are one run in the order of their names, and one that holds no events is left out', async () => {
  const { lines, end, runs, submissions } = await sendTo([
    new File(['{"type":"c"}\n{}\n'], 'day-10.ndjson'),
    new File(['userId,type\nada,b\n'], 'day-9.csv'),
    new File([''], 'readme.md')
  ])
  expect(lines).toHaveLength(3)
  expect(submissions.flatMap(({ places = [] }) => places)).toEqual([
    'day-9.csv row 2',
    'day-10.ndjson line 1',
    'day-10.ndjson line 2'
  ])
  expect(runs).toEqual(['3 files'])
  expect(end).toMatchObject({
    state: 'done',
    sent: 2,
    refused: [{ place: 'day-10.ndjson line 2', reason: 'it has no type' }],
    leftOut: ['readme.md is empty. See whether its export has ended.']
  })
})

test('what an earlier run wrote is left out beside other files, and sent alone', async () => {
  const [events, failed] = [new File(['{"type":"a"}'], 'e.ndjson'), new File(['{"type":"b"}'], 'e.failed.ndjson')]
  expect(await sendTo([events, failed])).toMatchObject({
    lines: ['{"type":"a"}'],
    runs: ['e.ndjson'],
    end: { leftOut: ['e.failed.ndjson is left out: an earlier run wrote it. Drop it alone to deliver it.'] }
  })
  expect((await sendTo([failed])).lines).toEqual(['{"type":"b"}'])
})

test('what the reader has no text of is sent as such, so that the server names it', async () => {
  const { lines } = await sendTo([new File(['userId,type\nada,a,more\nbob,b\n'], 'a.csv')])
  expect(lines).toEqual([{ unreadable: 'other-cells' }, '{"userId":"bob","type":"b"}'])
})

test('stopped files send no more events', async () => {
  const file = new File([linesOf(5000).join('\n')], 'a.ndjson')
  const { submissions, end, endings } = await sendTo([file, file], 1)
  expect(submissions).toHaveLength(1)
  expect(end).toMatchObject({ state: 'stopped', sent: 198 })
  expect(endings).toEqual([{ kind: 'stopped', reason: '' }])
})

test('keeps the first fifty rejected lines and counts all', async () => {
  const { end } = await sendTo([new File(['{}\n'.repeat(120)], 'a.ndjson')])
  expect(end?.refused).toHaveLength(50)
  expect(end?.refusedCount).toBe(120)
})

test('a packed file that is cut off is named, and what stands before is sent', async () => {
  // Letters that cannot be packed well, so that a half of the file holds events.
  const text = linesOf(5000)
    .map((line, index) => line.replace('}', `,"n":"${Math.sin(index)}"}`))
    .join('\n')
  const whole = packed(text)
  const { end, lines } = await sendTo([new File([whole.slice(0, whole.length / 2)], 'a.gz')])
  expect(lines.length).toBeGreaterThan(1000)
  expect(end?.leftOut).toEqual([
    'a.gz ends in the middle of its gzip data: it is truncated. Fetch or write it again. What stands before that was sent.'
  ])
})
