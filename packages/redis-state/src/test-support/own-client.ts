import { createClient } from '@redis/client'
import type { ScriptClient } from '../script-client'

/** A caller's own client, whose scripts a test can count and let fail. */
export async function openOwnClient(url: string) {
  const redis = createClient({ url, disableOfflineQueue: true })
  redis.on('error', () => undefined)
  await redis.connect()
  const seen = { scripts: 0, failing: false }
  const client: ScriptClient = {
    run: (script, keys, args) => {
      seen.scripts += 1
      if (seen.failing) return Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1:6379'))
      return redis.eval(script, { keys: [...keys], arguments: [...args] })
    }
  }
  return {
    client,
    seen,
    close: () => {
      redis.destroy()
    }
  }
}
