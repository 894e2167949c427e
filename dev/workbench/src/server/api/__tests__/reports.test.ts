import { systemClock } from '@intercom-destinations/delivery'
import type {
  CreatedAttributes,
  MissingAttributes,
  ReportCard,
  ReportView,
  Row,
  SentAgain,
  StartedRun,
  Submitted,
  SubmittedLine
} from '../../../contract'
import { openWorkbench, type OpenedWorkbench } from '../../open-workbench'
import { callApi } from '../../test-support/api-client'
import { createFastClock } from '../../test-support/fast-clock'

let opened: OpenedWorkbench

beforeAll(async () => {
  opened = await openWorkbench({ port: 0, clock: createFastClock() })
})
afterAll(async () => {
  await opened.close()
})
beforeEach(async () => {
  await send('POST', 'clear')
})

const send = (method: string, path: string, body?: unknown) => callApi(opened.url, method, path, body)

async function read<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const json: Answer = await (await send(method, path, body)).json()
  return json
}

/** The text of a report, as a reader sees it. */
async function textOf(id: string): Promise<string> {
  const { body } = await read<ReportView>('GET', `reports/${id}`)
  return body
    .replace(/<slot name="([\w-]+)">/g, ' [$1] ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

async function until(isSo: (cards: readonly ReportCard[]) => boolean): Promise<readonly ReportCard[]> {
  for (;;) {
    const cards = await read<readonly ReportCard[]>('GET', 'reports')
    if (isSo(cards)) return cards
    await systemClock.sleep(10)
  }
}

/** Sends a file, and waits until its cloud half is settled. */
async function sendFile(lines: readonly SubmittedLine[]): Promise<string> {
  const { run } = await read<StartedRun>('POST', 'reports', { title: 'events.ndjson' })
  const places = lines.map((_, index) => `line ${index + 1}`)
  await read<Submitted>('POST', 'events', { source: 'file', lines, places, run })
  await send('PUT', `reports/${run}`, { kind: 'complete', reason: '' })
  await until((cards) => cards.every(({ all, settled }) => all === settled))
  return run
}

const at = { timestamp: '2026-11-09T08:00:00Z' }
const ADA = { type: 'identify', userId: 'ada', traits: { email: 'ada@secret.example', shoe_size: 415 }, ...at }
const STRANGER = { type: 'track', userId: 'stranger', event: 'Paid', properties: { cart: ['secret'] }, ...at }
const toLines = (...events: object[]) => events.map((event) => JSON.stringify(event))

test('the report of a file says what was lost, why, at which line, and what is no event; it holds no values', async () => {
  const run = await sendFile([
    ...toLines(ADA, { type: 'page', userId: 'ada', ...at }),
    'no json',
    { unreadable: 'other-cells' }
  ])
  const text = await textOf(run)
  expect(text).toContain('Delivery of events.ndjson')
  expect(text).toContain('To Paper &amp; Pine, played by the emulator.')
  expect(text).toContain('custom_ attributes. shoe_ size Identify Contact 1')
  expect(text).toContain('the workspace has no attribute of this name traits. shoe_ size , line 1')
  expect(text).toContain('no subscription takes page calls none 1 line 2')
  expect(text).toContain('it is not JSON 1 line 3')
  expect(text).toContain('it has more or fewer cells than the header of its table 1 line 4')
  expect(text).toContain('[create-attributes]')
  expect(text).toContain('POST /contacts 2 1 ')
  expect(text).not.toMatch(/secret|415/)
  expect(await textOf('all')).toContain('traits. shoe_ size , events.ndjson line 1')
})

test('events of every entry are in the report of all events, by their ids', async () => {
  const { rows } = await read<Submitted>('POST', 'events', { source: 'editor', lines: toLines(ADA) })
  const cards = await until(([all]) => all?.settled === 1)
  expect(cards).toEqual([{ id: 'all', title: 'all events', all: 1, settled: 1, failed: 0, notKept: 0 }])
  expect(await textOf('all')).toContain(`traits. shoe_ size , event ${String(rows[0]?.id)}`)
})

test('attributes are listed first, created by their names, and used from the next event on', async () => {
  const run = await sendFile(toLines(ADA))
  const listed = await read<MissingAttributes>('GET', `reports/${run}/attributes`)
  expect(listed).toEqual({
    workspace: 'Paper & Pine',
    isReal: false,
    attributes: [{ model: 'contact', name: 'shoe_size', type: 'float' }]
  })
  const asked = { attributes: [...listed.attributes, { model: 'contact', name: 'not_in_the_report' }] }
  expect(await read<CreatedAttributes>('POST', `reports/${run}/attributes`, asked)).toEqual({
    created: [{ model: 'contact', name: 'shoe_size', type: 'float', result: 'created' }]
  })
  expect((await read<MissingAttributes>('GET', `reports/${run}/attributes`)).attributes).toEqual([])
  const again = await sendFile(toLines(ADA))
  expect(await textOf(again)).toContain('Nothing was left out')
})

test('failed events are sent again as a run of their own, once', async () => {
  const run = await sendFile(toLines(ADA, STRANGER))
  expect(await textOf(run)).toContain('[send-again]')
  expect((await read<ReportCard[]>('GET', 'reports')).map(({ failed }) => failed)).toEqual([1, 1])
  await sendFile(toLines({ type: 'identify', userId: 'stranger', traits: { email: 's@example.com' }, ...at }))
  const { sent, run: second } = await read<SentAgain>('POST', `reports/${run}/again`)
  expect(sent).toBe(1)
  const cards = await until((all) => all.every(({ all: count, settled }) => count === settled))
  expect(cards.find(({ id }) => id === second)).toEqual({
    ...{ id: second, title: 'failed events of events.ndjson, sent again' },
    ...{ all: 1, settled: 1, failed: 0, notKept: 0 }
  })
  expect(await read<SentAgain>('POST', `reports/${run}/again`)).toEqual({ sent: 0 })
  expect((await read<Row[]>('GET', 'events')).at(-1)).toMatchObject({ name: 'Paid', cloud: { state: 'delivered' } })
})

test('events that wait for Intercom are not counted as done', async () => {
  await send('PUT', 'faults/outage', { on: true })
  const { run } = await read<StartedRun>('POST', 'reports', { title: 'events.ndjson' })
  await send('POST', 'events', { source: 'file', lines: toLines(ADA), places: ['line 1'], run })
  await send('PUT', `reports/${run}`, { kind: 'stopped', reason: '' })
  expect(await textOf(run)).toContain('Under way. 0 of 1 event settled. The report shows the part that was done.')
  await send('PUT', 'faults/outage', { on: false })
  await until((cards) => cards.every(({ all, settled }) => all === settled))
  expect(await textOf(run)).toContain('Stopped early. The report shows the part that was done.')
})

test('with the cloud half off the report says what to do', async () => {
  await send('PUT', 'destinations/cloud', { enabled: false })
  const run = await sendFile(toLines(ADA))
  await send('PUT', 'destinations/cloud', { enabled: true })
  expect(await textOf(run)).toContain(
    'It is switched off. none 1 line 1 Switch the cloud half on, or connect a workspace, and send it again.'
  )
})

test('a report is saved as a page of its own, with a policy that allows its style and no script', async () => {
  const run = await sendFile(toLines(ADA))
  const answer = await send('GET', `reports/${run}/page`)
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="report.html"')
  expect(answer.headers.get('content-security-policy')).toContain("style-src 'unsafe-inline'")
  expect(await answer.text()).toMatch(/^<!doctype html>[^]*Delivery of events\.ndjson[^]*<\/html>/)
})

test('starting over forgets the reports', async () => {
  const run = await sendFile(toLines(ADA))
  await send('POST', 'clear')
  expect(await read<ReportCard[]>('GET', 'reports')).toEqual([
    { id: 'all', title: 'all events', all: 0, settled: 0, failed: 0, notKept: 0 }
  ])
  expect((await send('GET', `reports/${run}`)).status).toBe(404)
})
