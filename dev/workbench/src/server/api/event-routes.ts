import { toEventLine, toUnreadableText } from '@intercom-destinations/cli'
import { systemClock } from '@intercom-destinations/delivery'
import { Hono } from 'hono'
import type { Row, Submission, Submitted } from '../../contract'
import { isJsonObject } from '../../json-guards'
import type { Workbench } from '../workbench'
import { isTooDeep, TOO_DEEP } from './nesting'
import { missing, publishState, readObject, unprocessable } from './replies'
import { readSubmission } from './requests'
import { countHeld } from './tables'

/** Events: sent, shown, retried, and all of them cleared. */
export function createEventRoutes(workbench: Workbench): Hono {
  const { faults, engine, emulator, broadcast } = workbench
  const app = new Hono()
  app.get('/events', (context) => context.json(engine.rows()))
  app.post('/events', async (context) => {
    const asked = readSubmission(await readObject(context))
    return 'problem' in asked ? unprocessable(context, asked.problem) : context.json(submit(workbench, asked.value))
  })
  app.get('/events/:id', (context) => {
    const trace = engine.trace(context.req.param('id'))
    return trace ? context.json(trace) : missing(context, 'such event')
  })
  app.post('/events/:id/again', (context) => {
    const row = engine.again(context.req.param('id'))
    return row ? context.json(row) : missing(context, 'such event')
  })
  app.post('/events/:id/retry', (context) => {
    const row = engine.retry(context.req.param('id'))
    return row ? context.json(row) : missing(context, 'such event')
  })
  app.post('/clear', async (context) => {
    // Events that come in during the reset are kept, and counted.
    workbench.reports.clear()
    await engine.clear(() => {
      emulator.reset()
      faults.bringBack()
      workbench.seen.clear()
    })
    broadcast.send({ name: 'cleared', value: null })
    // Rows of events that came in during the reset are kept.
    broadcast.send({ name: 'rows', value: engine.rows() })
    broadcast.send({ name: 'held', value: countHeld(emulator.state) })
    publishState(workbench)
    return context.body(null, 204)
  })
  return app
}

function submit({ engine, reports }: Workbench, { source, lines, places = [], run }: Submission): Submitted {
  const rows: Row[] = []
  const refused: { line: number; reason: string }[] = []
  lines.forEach((sent, line) => {
    const place = places[line] ?? `line ${line + 1}`
    const found = toEventLine(
      typeof sent === 'string' ? { kind: 'text', text: sent } : { kind: sent.unreadable },
      systemClock.now
    )
    if (found.kind === 'blank') return
    const isRefused = found.kind === 'unreadable' || !isJsonObject(found.sent) || isTooDeep(found.sent)
    if (isRefused) {
      const reason = found.kind === 'unreadable' ? toUnreadableText(found) : TOO_DEEP
      refused.push({ line, reason })
      reports.unreadable(run, place, reason)
      return
    }
    const row = engine.submit(found.sent, source)
    rows.push(row)
    if (run !== undefined) reports.place(row.id, run, place)
  })
  return { rows, refused }
}
