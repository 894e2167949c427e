import { Hono } from 'hono'
import { toFaultName } from '../faults'
import type { Workbench } from '../workbench'
import { toCompany } from './company'
import { toPerson } from './person'
import { missing, publishState, readObject, unprocessable } from './replies'
import { toTable, toTableName } from './tables'

const DEFAULT_LIMIT = 100

/** The emulated Intercom: what it holds, and the faults that are switched on. */
export function createIntercomRoutes(workbench: Workbench): Hono {
  const { faults, engine, emulator } = workbench
  const app = new Hono()
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
  app.get('/companies/:id', (context) => {
    const company = toCompany(context.req.param('id'), emulator.state)
    return company ? context.json(company) : missing(context, 'such company')
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
    return context.json(publishState(workbench))
  })
  return app
}
