import { Hono } from 'hono'
import { toSessionFile } from '../session/session-file'
import type { Workbench } from '../workbench'

const FILE = 'intercom-workbench.session.json'

/** The session as a file for a colleague: decisions/0065. */
export function createSessionRoutes(workbench: Workbench): Hono {
  const app = new Hono()
  app.get('/session', (context) => {
    context.header('Content-Disposition', `attachment; filename="${FILE}"`)
    context.header('Content-Type', 'application/json')
    context.header('Cache-Control', 'no-store')
    return context.body(`${JSON.stringify(toSessionFile(workbench), null, 1)}\n`)
  })
  return app
}
