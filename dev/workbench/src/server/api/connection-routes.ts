import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Connecting } from '../../contract'
import { SESSION_COOKIE } from '../configuration/connection'
import type { Workbench } from '../workbench'
import { publishState, readObject, unprocessable } from './replies'
import { readConnectRequest } from './requests'

const FORBIDDEN = 403

/** Connects a workspace by a token or through the consent page, and disconnects it. */
export function createConnectionRoutes(workbench: Workbench): Hono {
  const { connection, engine } = workbench
  const app = new Hono()
  app.post('/connection', async (context) => {
    const asked = readConnectRequest(await readObject(context))
    if ('problem' in asked) return unprocessable(context, asked.problem)
    if (asked.value.to === 'token') {
      const problems = await connection.connectToken(asked.value)
      if (problems.length === 0) engine.retry()
      const state = publishState(workbench)
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
    return context.json(publishState(workbench))
  })
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
    publishState(workbench)
    return context.redirect('/#/catalog/cloud')
  })
  return app
}
