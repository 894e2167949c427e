export { redisState, type RedisState, type RedisStateOptions } from './redis-state'
export { RedisStateError } from './redis-state-error'
export type { ScriptClient } from './script-client'
