import type { ConnectRequest, Connecting } from '../../contract'
import { post } from '../api'
import { changeState } from '../live'

/** Connects at once, or sends the browser to Intercom's consent page. */
export async function connect(request: ConnectRequest): Promise<void> {
  await changeState(async () => {
    const connecting = await post<Connecting>('connection', request)
    if ('state' in connecting) return connecting.state
    location.href = connecting.goTo
    return undefined
  })
}
