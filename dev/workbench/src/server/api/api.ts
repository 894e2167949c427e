import { toEventLine, toUnreadableText } from '@intercom-destinations/cli'
import { systemClock } from '@intercom-destinations/delivery'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import type { Connecting, JsonObject, Problem, Problems, Row, Submission, Submitted } from '../../contract'
import { catalog } from '../configuration/catalog'
import { findChoices } from './choices'
import { toHalf } from '../configuration/configuration'
import { SESSION_COOKIE } from '../configuration/connection'
import { toFaultName } from '../faults'
import { isJsonObject } from '../../json-guards'
import { isTooDeep, TOO_DEEP } from './nesting'
import { toPerson } from './person'
import { toPreview } from './preview'
import { toProblems } from './problems'
import { readChoicesRequest, readConnectRequest, readPreviewRequest, readSubmission } from './requests'
import { countHeld, toTable, toTableName } from './tables'
import { toState, type Workbench } from '../workbench'

/** Files are sent in chunks; no other request is large. */
const MAX_BODY_BYTES = 20_000_000
const DEFAULT_LIMIT = 100

const FORBIDDEN = 403
const NOT_FOUND = 404
const UNPROCESSABLE = 422
const TOO_LARGE = 413

/** The API of the page (`contract.ts`). */
export function createApi(workbench: Workbench): Hono {
  const { configuration, connection, faults, engine, emulator, broadcast } = workbench
  const app = new Hono()

  const unprocessable = (context: Context, ...problems: readonly Problem[]) =>
    context.json({ problems } satisfies Problems, UNPROCESSABLE)
  const missing = (context: Context, what: string) => context.json(toProblems(`There is no ${what}.`), NOT_FOUND)
  const tellState = () => {
    const state = toState(workbench)
    broadcast.send({ name: 'state', value: state })
    return state
  }

  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) => {
        context.header('Connection', 'close')
        return context.json(toProblems('That is too much at once.'), TOO_LARGE)
      }
    })
  )
  app.onError((error, context) => context.json(toProblems(error.message), UNPROCESSABLE))

  app.get('/catalog', (context) => context.json(catalog))
  app.get('/state', (context) => context.json(toState(workbench)))
  app.get('/stream', (context) => broadcast.open(context, { name: 'held', value: countHeld(emulator.state) }))

  const change = (context: Context, name: string, wanted: unknown) => {
    const half = toHalf(name)
    if (!half) return missing(context, 'such destination')
    const refused = configuration.change(half, wanted)
    return refused ? context.json(refused, UNPROCESSABLE) : context.json(tellState())
  }
  app.put('/destinations/:half', async (context) => change(context, context.req.param('half'), await read(context)))
  app.post('/destinations/:half/import', async (context) => {
    const subscriptions = await read(context)
    // An empty list is most likely the wrong file; mappings can be deleted one by one.
    if (Array.isArray(subscriptions) && subscriptions.length === 0)
      return unprocessable(context, { path: '', message: 'The file holds no mapping, so nothing was changed.' })
    return change(context, context.req.param('half'), { subscriptions })
  })
  app.get('/destinations/:half/export', (context) => {
    const half = toHalf(context.req.param('half'))
    if (!half) return missing(context, 'such destination')
    context.header('Content-Disposition', `attachment; filename="intercom-${half}.mapping.json"`)
    context.header('Content-Type', 'application/json')
    return context.body(`${JSON.stringify(configuration.now[half].subscriptions, null, 2)}\n`)
  })

  app.post('/preview', async (context) => {
    const asked = readPreviewRequest(await readObject(context))
    return 'problem' in asked ? unprocessable(context, asked.problem) : context.json(toPreview(asked.value))
  })
  app.post('/choices', async (context) => {
    const asked = readChoicesRequest(await readObject(context))
    if ('problem' in asked) return unprocessable(context, asked.problem)
    return context.json(await findChoices(asked.value, connection.target, configuration.now.cloud.settings))
  })

  app.get('/events', (context) => context.json(engine.rows()))
  app.post('/events', async (context) => {
    const asked = readSubmission(await readObject(context))
    return 'problem' in asked ? unprocessable(context, asked.problem) : context.json(submit(asked.value))
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
    await engine.clear(() => {
      emulator.reset()
      faults.bringBack()
      workbench.seen.clear()
    })
    broadcast.send({ name: 'cleared', value: null })
    // Rows of events that came in during the reset are kept.
    broadcast.send({ name: 'rows', value: engine.rows() })
    broadcast.send({ name: 'held', value: countHeld(emulator.state) })
    tellState()
    return context.body(null, 204)
  })

  function submit({ source, lines }: Submission): Submitted {
    const rows: Row[] = []
    const refused: { line: number; reason: string }[] = []
    lines.forEach((text, line) => {
      const found = toEventLine({ kind: 'text', text }, systemClock.now)
      if (found.kind === 'blank') return
      if (found.kind === 'unreadable') refused.push({ line, reason: toUnreadableText(found) })
      else if (!isJsonObject(found.sent) || isTooDeep(found.sent)) refused.push({ line, reason: TOO_DEEP })
      else rows.push(engine.submit(found.sent, source))
    })
    return { rows, refused }
  }

  app.get('/tables/:table', (context) => {
    const name = toTableName(context.req.param('table'))
    if (!name) return missing(context, 'such table')
    const limit = Number(context.req.query('limit') ?? DEFAULT_LIMIT)
    const search = context.req.query('search') ?? ''
    return context.json(toTable(name, emulator.state, { search, limit: limit > 0 ? limit : DEFAULT_LIMIT }))
  })
  app.get('/contacts/:id', (context) => {
    const person = toPerson(context.req.param('id'), emulator.state)
    return person ? context.json(person) : missing(context, 'such person')
  })

  app.put('/faults/:name', async (context) => {
    const name = toFaultName(context.req.param('name'))
    if (!name) return missing(context, 'such fault')
    const { on } = await readObject(context)
    if (typeof on !== 'boolean') return unprocessable(context, { path: 'on', message: 'It is either true or false.' })
    const problem = await faults.switch(name, on)
    if (problem) return unprocessable(context, problem)
    // Segment would retry the failed events now.
    if (!on) engine.retry()
    return context.json(tellState())
  })

  app.post('/connection', async (context) => {
    const asked = readConnectRequest(await readObject(context))
    if ('problem' in asked) return unprocessable(context, asked.problem)
    if (asked.value.to === 'token') {
      const problems = await connection.connectToken(asked.value)
      if (problems.length === 0) engine.retry()
      const state = tellState()
      if (problems.length > 0) return unprocessable(context, ...problems)
      return context.json({ state } satisfies Connecting)
    }
    const { goTo, session } = connection.ask(asked.value, {
      redirectUri: new URL('/connect/callback', context.req.url).href,
      session: getCookie(context, SESSION_COOKIE)
    })
    setCookie(context, SESSION_COOKIE, session, { httpOnly: true, sameSite: 'Lax', path: '/' })
    return context.json({ goTo } satisfies Connecting)
  })
  app.delete('/connection', (context) => {
    connection.disconnect()
    return context.json(tellState())
  })
  app.all('*', (context) => missing(context, 'such address'))
  return app
}

/** The address that the consent page redirects to. */
export function createCallback(workbench: Workbench): Hono {
  const app = new Hono()
  app.get('/callback', async (context) => {
    const { problem } = await workbench.connection.comeBack({
      session: getCookie(context, SESSION_COOKIE),
      state: context.req.query('state'),
      code: context.req.query('code'),
      error: context.req.query('error')
    })
    if (problem !== undefined) return context.text(problem, FORBIDDEN)
    workbench.engine.retry()
    workbench.broadcast.send({ name: 'state', value: toState(workbench) })
    return context.redirect('/#/catalog/cloud')
  })
  return app
}

async function read(context: Context): Promise<unknown> {
  try {
    return JSON.parse(await context.req.text())
  } catch {
    throw new Error('That is not JSON.')
  }
}

async function readObject(context: Context): Promise<JsonObject> {
  const value = await read(context)
  if (!isJsonObject(value)) throw new Error('A JSON object was expected.')
  return value
}
