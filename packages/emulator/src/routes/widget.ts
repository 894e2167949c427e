import type { Answer } from '../http/call'
import { messengerScript } from '../messenger'
import { route } from './route'

/** Facts B1: `https://widget.intercom.io/widget/{app_id}`. Every app_id has one here. */
const getWidget = (): Answer => ({
  status: 200,
  body: messengerScript(),
  headers: { 'Content-Type': 'text/javascript; charset=utf-8' }
})

export const widgetRoutes = [route('GET /widget/{app_id}', getWidget, { authenticated: false, page: true })]
