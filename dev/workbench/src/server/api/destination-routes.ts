import { formatSubscriptions, MAPPING_FORMATS } from '@intercom-destinations/delivery'
import { Hono, type Context } from 'hono'
import { toHalf } from '../configuration/configuration'
import type { Workbench } from '../workbench'
import { findChoices } from './choices'
import { toPreview } from './preview'
import { missing, publishState, read, readObject, unprocessable } from './replies'
import { readChoicesRequest, readPreviewRequest } from './requests'

/** Settings and mappings of both destinations. */
export function createDestinationRoutes(workbench: Workbench): Hono {
  const { configuration, connection } = workbench
  const app = new Hono()
  const change = (context: Context, name: string, wanted: unknown) => {
    const half = toHalf(name)
    if (!half) return missing(context, 'such destination')
    const refused = configuration.change(half, wanted)
    return refused ? unprocessable(context, ...refused.problems) : context.json(publishState(workbench))
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
    const format = MAPPING_FORMATS.find((one) => one === context.req.query('format')) ?? 'saved'
    const kind = format === 'saved' ? 'mapping' : format
    context.header('Content-Disposition', `attachment; filename="intercom-${half}.${kind}.json"`)
    context.header('Content-Type', 'application/json')
    return context.body(
      `${JSON.stringify(formatSubscriptions(configuration.now[half].subscriptions, format), null, 2)}\n`
    )
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
  return app
}
