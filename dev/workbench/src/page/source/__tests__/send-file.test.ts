import { gzipSync } from 'node:zlib'
import type { Row, Submission, Submitted } from '../../../contract'
import { sendFile, type FileProgress } from '../send-file'

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
async function sendTo(file: File, stopAfter = Infinity) {
  const submissions: Submission[] = []
  const told: FileProgress[] = []
  const controller = new AbortController()
  const send = (submission: Submission): Promise<Submitted> => {
    submissions.push(submission)
    if (submissions.length >= stopAfter) controller.abort()
    const isRefused = (text: string) => !text.includes('type')
    return Promise.resolve({
      rows: submission.lines.filter((text) => !isRefused(text)).map(() => row),
      refused: submission.lines.flatMap((text, line) => (isRefused(text) ? [{ line, reason: 'it has no type' }] : []))
    })
  }
  await sendFile(file, { send, onProgress: (progress) => told.push(progress), stopped: controller.signal })
  return { submissions, told, end: told.at(-1) }
}

const linesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => (n % 100 === 7 ? '{}' : `{"type":${n}}`))

test.each([
  ['as it is', (text: string) => new File([text], 'a.ndjson')],
  ['packed', (text: string) => new File([new Uint8Array(gzipSync(text))], 'a.ndjson.gz')],
  ['as a list', (text: string) => new File([`[${text.replaceAll('\n', ',')}]`], 'a.json')]
])('a file %s is sent whole, 200 events at a time, and names what was refused by its number', async (_how, make) => {
  const { submissions, end } = await sendTo(make(linesOf(450).join('\n')))
  expect(submissions.flatMap((one) => one.lines)).toEqual(linesOf(450))
  expect(Math.max(...submissions.map((one) => one.lines.length))).toBe(200)
  expect(end).toMatchObject({ state: 'done', sent: 445, refusedCount: 5, bytesRead: end?.bytes })
  expect(end?.refused.map(({ number }) => number)).toEqual([8, 108, 208, 308, 408])
})

test('a stopped file sends no more events', async () => {
  const { submissions, end } = await sendTo(new File([linesOf(5000).join('\n')], 'a.ndjson'), 1)
  expect(submissions).toHaveLength(1)
  expect(end).toMatchObject({ state: 'stopped', sent: 198 })
})

test('keeps the first fifty rejected lines and counts all', async () => {
  const { end } = await sendTo(new File(['{}\n'.repeat(120)], 'a.ndjson'))
  expect(end?.refused).toHaveLength(50)
  expect(end?.refusedCount).toBe(120)
})

test('reports a compressed file that is cut off', async () => {
  const packed = gzipSync(linesOf(5000).join('\n'))
  const { end } = await sendTo(new File([new Uint8Array(packed.subarray(0, packed.length / 2))], 'a.gz'))
  expect(end?.state).toBe('broken')
  expect(end?.problem).toContain('cannot be read')
})
