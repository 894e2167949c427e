/** Redis cannot be used for now, or cannot be used at all. The message has no address, password or key. */
export class RedisStateError extends Error {
  override readonly name = 'RedisStateError'
}

/** What servers and clients answer, by the first word of the message or the name of the error. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  // Before Redis 7, a script's error has other words before the code.
  [/(^|-)OOM\b/, 'Redis is full: it has reached its maxmemory'],
  [/^(WRONGPASS|NOAUTH|ERR invalid password|ERR AUTH)\b/, 'Redis does not accept the user name or the password'],
  [/^NOPERM\b/, 'Redis does not allow this user to run the scripts'],
  [/(^|-)READONLY\b/, 'Redis is a replica, which accepts no changes'],
  [/^(LOADING|MASTERDOWN|CLUSTERDOWN)\b/, 'Redis is not ready'],
  [/^CROSSSLOT\b/, 'Redis is a cluster, and the keys of one script are on different nodes'],
  [/^(MOVED|ASK)\b/, 'Redis is a cluster, which needs a cluster client'],
  [/\bECONNREFUSED\b/, 'Redis cannot be reached: the connection was refused'],
  [/\b(ENOTFOUND|EAI_AGAIN)\b/, 'Redis cannot be reached: no such host'],
  [/\b(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b|^Connection timeout/, 'Redis cannot be reached: no answer']
]

/** An error in our words. The words of others may contain keys or addresses. */
export function toRedisStateError(thrown: unknown): RedisStateError {
  if (thrown instanceof RedisStateError) return thrown
  const text = toText(thrown)
  const known = CAUSES.find(([pattern]) => pattern.test(text))
  if (known) return new RedisStateError(`${known[1]}.`)
  const [code = ''] = /^[A-Z]{3,}\b/.exec(text) ?? []
  return new RedisStateError(code === '' ? 'Redis cannot be reached.' : `Redis failed: ${code}.`)
}

function toText(thrown: unknown): string {
  // A host with two addresses fails with an error for each of them.
  if (thrown instanceof AggregateError) return toText(thrown.errors[0])
  return thrown instanceof Error ? thrown.message : String(thrown)
}
