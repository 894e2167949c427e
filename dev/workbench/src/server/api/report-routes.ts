import {
  createAttributes,
  listWorkspaceAttributes,
  openRequestClient,
  parseExactJson,
  toReportHtml,
  toReportSections,
  type Report
} from '@intercom-destinations/cli'
import { Hono } from 'hono'
import type { CreatedAttributes, MissingAttributes, ReportView, Row, SentAgain, StartedRun } from '../../contract'
import { isJsonObject } from '../../json-guards'
import type { Workbench } from '../workbench'
import { missing, readObject, unprocessable } from './replies'
import { readAttributesToCreate, readOpenRun, readRunEnding } from './report-requests'

const NO_REPORT = 'such report'
const NOT_CONNECTED = 'No workspace is connected.'
const NO_LIST = 'Intercom does not list the attributes of the workspace: the token lacks the permission.'
/** The page of a report has a stricter policy of its own, which allows its style. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** Reports of what was delivered, and what can be done about it. */
export function createReportRoutes(workbench: Workbench): Hono {
  const { reports, engine } = workbench
  const app = new Hono()
  app.get('/reports', (context) => context.json(reports.cards()))
  app.post('/reports', async (context) => {
    const asked = readOpenRun(await readObject(context))
    if ('problem' in asked) return unprocessable(context, asked.problem)
    return context.json({ run: reports.open(asked.value.title) } satisfies StartedRun)
  })
  app.put('/reports/:id', async (context) => {
    const asked = readRunEnding(await readObject(context))
    if ('problem' in asked) return unprocessable(context, asked.problem)
    return reports.end(context.req.param('id'), asked.value) ? context.body(null, 204) : missing(context, NO_REPORT)
  })
  app.get('/reports/:id', (context) => {
    const [card, report] = [reports.card(context.req.param('id')), toReport(workbench, context.req.param('id'))]
    if (!card || !report) return missing(context, NO_REPORT)
    return context.json({ card, ...toReportSections(report) } satisfies ReportView)
  })
  app.get('/reports/:id/page', (context) => {
    const report = toReport(workbench, context.req.param('id'))
    if (!report) return missing(context, NO_REPORT)
    context.header('Content-Disposition', 'attachment; filename="report.html"')
    context.header('Content-Security-Policy', PAGE_POLICY)
    return context.html(toReportHtml(report))
  })
  app.post('/reports/:id/again', (context) => {
    const card = reports.card(context.req.param('id'))
    if (!card) return missing(context, NO_REPORT)
    // Those that wait are not settled, so they stay the events that they are.
    engine.retry()
    return context.json(sendAgain(workbench, card))
  })
  app.get('/reports/:id/attributes', async (context) => {
    const found = await findMissing(workbench, context.req.param('id'))
    if ('problem' in found) return unprocessable(context, { path: '', message: found.problem })
    return context.json(found.missing)
  })
  app.post('/reports/:id/attributes', async (context) => {
    const asked = readAttributesToCreate(await readObject(context))
    if ('problem' in asked) return unprocessable(context, asked.problem)
    const found = await findMissing(workbench, context.req.param('id'))
    if ('problem' in found) return unprocessable(context, { path: '', message: found.problem })
    const wanted = found.rows.filter(({ model, name }) =>
      asked.value.attributes.some((one) => one.model === model && one.name === name)
    )
    const created = await createAttributes(wanted, found.client, context.req.raw.signal)
    // Its list of attributes is an hour old at most, and would keep the values away until then.
    engine.forgetWorkspace()
    return context.json({
      created: created.map(({ model, name, type, result, reason }) => ({
        ...{ model, name, type, result },
        ...(reason === undefined ? {} : { reason })
      }))
    } satisfies CreatedAttributes)
  })
  return app
}

function toReport({ reports, connection }: Workbench, id: string): Report | undefined {
  const { state } = connection
  return reports.report(id, {
    workspace: state.kind === 'none' ? 'no workspace' : state.workspace,
    playedBy: state.kind === 'intercom' ? null : 'the emulator'
  })
}

/** The failed events of a report, as a run of their own. */
function sendAgain({ reports, engine }: Workbench, { id, title }: { id: string; title: string }): SentAgain {
  const events = reports
    .takeFailed(id)
    .map((text) => parseExactJson(text))
    .filter(isJsonObject)
  if (events.length === 0) return { sent: 0 }
  const run = reports.open(`failed events of ${title}, sent again`)
  events.forEach((event, index) => {
    const row: Row = engine.submit(event, 'file')
    reports.place(row.id, run, `event ${(index + 1).toLocaleString('en-US')}`)
  })
  reports.end(run, { kind: 'complete', reason: '' })
  return { run, sent: events.length }
}

/** What the report names and the workspace lacks now. */
async function findMissing(
  workbench: Workbench,
  id: string
): Promise<
  | { readonly problem: string }
  | {
      readonly missing: MissingAttributes
      readonly rows: Report['attributes']
      readonly client: ReturnType<typeof openRequestClient>
    }
> {
  const { connection } = workbench
  const report = toReport(workbench, id)
  if (!report) return { problem: 'There is no such report.' }
  const { target, state } = connection
  if (!target || state.kind === 'none') return { problem: NOT_CONNECTED }
  const { token, region, restHost } = target
  const client = openRequestClient({ token, region, ...(restHost === undefined ? {} : { address: restHost }) })
  const there = await listWorkspaceAttributes(client.request, client.host)
  if (!there) return { problem: NO_LIST }
  const rows = report.attributes.filter(({ model, name }) => !there[model].has(name))
  const attributes = rows.map(({ model, name, type }) => ({ model, name, type }))
  return { missing: { workspace: state.workspace, isReal: state.kind === 'intercom', attributes }, rows, client }
}
