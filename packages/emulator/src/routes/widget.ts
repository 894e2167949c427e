import type { Answer } from '../http/call'
import { messengerScript } from '../messenger'
import { route } from './route'

/** docs/intercom.md, Messenger: script and regions: `https://widget.intercom.io/widget/{app_id}`, here for every app_id. */
const getWidget = (): Answer => ({
  status: 200,
  body: messengerScript(),
  headers: { 'Content-Type': 'text/javascript; charset=utf-8' }
})

export const widgetRoutes = [route('GET /widget/{app_id}', getWidget, { authenticated: false, page: true })]
