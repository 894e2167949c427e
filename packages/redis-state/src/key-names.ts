import { RedisStateError } from './redis-state-error'

/** Keys with another version hold records of another form. Two releases that differ in it do not see each other. */
const FORM_VERSION = 1

export interface KeyNames {
  /** The clock of the workspace, and its epoch. */
  readonly meta: string
  /** The window of the rate limit. */
  readonly window: string
  /** The calls in flight of each process. */
  readonly calls: string
  /** Comes before the name of a record. */
  readonly recordPrefix: string
  toLock(name: string): string
}

/** All keys of a workspace have one hash tag, so a cluster keeps them on one node, as scripts need. */
export function toKeyNames(prefix: string, workspace: string): KeyNames {
  const base = `${prefix}:${FORM_VERSION}:{${workspace}}`
  return {
    meta: `${base}:meta`,
    window: `${base}:window`,
    calls: `${base}:calls`,
    recordPrefix: `${base}:record:`,
    toLock: (name) => `${base}:lock:${name}`
  }
}

export function checkPrefix(prefix: string): string {
  if (/^[^\s{}]+$/.test(prefix)) return prefix
  throw new RedisStateError('The prefix of the keys must not be empty, or contain spaces, { or }.')
}
