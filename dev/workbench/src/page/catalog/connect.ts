import type { ConnectRequest, Connecting } from '../../contract'
import { post } from '../api'
import { state } from '../live'

/** Connects at once, or leads the browser to the page on which somebody consents. */
export async function connect(request: ConnectRequest): Promise<void> {
  const connecting = await post<Connecting>('connection', request)
  if ('goTo' in connecting) location.href = connecting.goTo
  else state.value = connecting.state
}
