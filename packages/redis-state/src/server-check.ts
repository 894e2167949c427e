import { RedisStateError } from './redis-state-error'
import { DESCRIBE, type Script } from './scripts'

/** The oldest version whose manual has all that the scripts use: they write after they have read the time. */
const OLDEST_VERSION = [6, 2] as const

/**
 * Throws if the scripts cannot run there, and warns if the server may drop keys before their time. Hosted servers may
 * tell neither, and are used as they are.
 */
export async function checkServer(
  run: (script: Script) => Promise<unknown>,
  onWarning: (text: string) => void
): Promise<void> {
  const told = await run(DESCRIBE)
  const description = typeof told === 'string' ? told : ''
  const version = /^redis_version:(\d+)\.(\d+)\S*/m.exec(description)
  if (version && isOlder(Number(version[1]), Number(version[2]))) {
    throw new RedisStateError(`Redis is older than ${OLDEST_VERSION.join('.')}, which the scripts need.`)
  }
  const policy = /^maxmemory_policy:([\w-]+)/m.exec(description)?.[1]
  if (policy !== undefined && policy !== 'noeviction') {
    onWarning(
      `Redis has the eviction policy ${policy}. When it is full it drops what the processes remember, locks included: events of one person can overtake each other. Set maxmemory-policy to noeviction.`
    )
  }
}

function isOlder(major: number, minor: number): boolean {
  const [oldestMajor, oldestMinor] = OLDEST_VERSION
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor)
}
