import type { ConnectRequest, Connecting } from '../contract'
import { post } from './api'
import { changeState } from './live'

/** The part of the cloud destination's address at which a workspace of one's own is connected. */
export const CONNECT_YOURS = 'connect'

/** Connects at once, or sends the browser to Intercom's consent page. */
export async function connect(request: ConnectRequest): Promise<void> {
  await changeState(async () => {
    const connecting = await post<Connecting>('connection', request)
    if ('state' in connecting) return connecting.state
    location.href = connecting.goTo
    return undefined
  })
}
