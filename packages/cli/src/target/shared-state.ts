import type { RedisState } from '@intercom-destinations/redis-state'
import { UsageError } from '../command/usage-error'
import { messageOf } from '../text/message-of'
import { ConnectionError } from './connection-error'

/** Connects to the Redis that several processes share. No error shows the address, which may contain a password. */
export async function openState(url: string, onWarning: (text: string) => void): Promise<RedisState> {
  // Loaded only where it is asked for.
  const { redisState } = await import('@intercom-destinations/redis-state')
  const state = open(() => redisState({ url, onWarning }))
  try {
    await state.connect()
    return state
  } catch (error) {
    await state.close()
    throw new ConnectionError(
      `The state cannot be shared. ${messageOf(error)} Start Redis or correct the address; without --state this process remembers for itself.`,
      { cause: error }
    )
  }
}

function open(create: () => RedisState): RedisState {
  try {
    return create()
  } catch (error) {
    throw new UsageError(`--state: ${messageOf(error)}`)
  }
}
