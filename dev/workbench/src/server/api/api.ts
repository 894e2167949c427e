import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { catalog } from '../configuration/catalog'
import { toState, type Workbench } from '../workbench'
import { createConnectionRoutes } from './connection-routes'
import { createDestinationRoutes } from './destination-routes'
import { createEventRoutes } from './event-routes'
import { createIntercomRoutes } from './intercom-routes'
import { toProblems } from './problems'
import { missing, unprocessable } from './replies'
import { createReportRoutes } from './report-routes'
import { createSessionRoutes } from './session-routes'
import { countHeld } from './tables'

/** Files are sent in chunks; no other request is large. */
const MAX_BODY_BYTES = 20_000_000
const TOO_LARGE = 413

/** The API of the page (`contract.ts`). */
export function createApi(workbench: Workbench): Hono {
  const { emulator, broadcast } = workbench
  const app = new Hono()
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) => {
        context.header('Connection', 'close')
        return context.json(toProblems('That is too much at once.'), TOO_LARGE)
      }
    })
  )
  app.onError((error, context) => unprocessable(context, { path: '', message: error.message }))
  app.get('/catalog', (context) => context.json(catalog))
  app.get('/state', (context) => context.json(toState(workbench)))
  app.get('/stream', (context) => broadcast.open(context, { name: 'held', value: countHeld(emulator.state) }))
  app.route('/', createDestinationRoutes(workbench))
  app.route('/', createEventRoutes(workbench))
  app.route('/', createIntercomRoutes(workbench))
  app.route('/', createConnectionRoutes(workbench))
  app.route('/', createReportRoutes(workbench))
  app.route('/', createSessionRoutes(workbench))
  app.all('*', (context) => missing(context, 'such address'))
  return app
}
