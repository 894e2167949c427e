/**
 * What a strict compiler accepts and refuses of `redisState`. `yarn check:types` compiles this against the sources, and
 * `yarn test:pack` against the packed declarations: an expected error that is missing is an error.
 */
import { createSender, type IntercomSender } from '@intercom-destinations/delivery'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { redisState, type RedisState, type ScriptClient } from '@intercom-destinations/redis-state'

const token = 'token'
const url = 'redis://localhost:6379'

export const state: RedisState = redisState({ url, prefix: 'crm', ttl: 60_000 })
export const sender: IntercomSender = createSender({ token, state })
export const destination = intercomCloud({ state })

const client: ScriptClient = { run: () => Promise.resolve(null) }
export const ofOwnClient: RedisState = redisState({ client })

// @ts-expect-error an address or a client, not both
redisState({ url, client })
// @ts-expect-error an address or a client, not neither
redisState({ prefix: 'crm' })
// @ts-expect-error a client is a function that runs a script, not an address
redisState({ client: url })
// @ts-expect-error the state is a store, not its address
createSender({ token, state: url })
