import type { Wait } from './http/wait'
import type { AttributeSeed, Seed } from './model/seed'
import type { Unknowns } from './model/unknowns'
import type { OAuthApp, Region } from './model/workspace'

export interface EmulatorOptions extends Partial<Unknowns> {
  /** The only bearer token that is accepted; any non-empty one by default. */
  token?: string
  /** The current time in milliseconds; `Date.now` by default. */
  clock?: () => number
  region?: Region
  workspace?: { name?: string; id_code?: string; admin_id?: string }
  /** Custom attributes of contacts that the workspace declares. */
  contactAttributes?: readonly AttributeSeed[]
  /** Custom attributes of companies that the workspace declares. */
  companyAttributes?: readonly AttributeSeed[]
  /** Data that exists from the start, and again after `reset()`. */
  seed?: Seed
  /**
   * The app that GET /oauth asks consent for and whose codes POST /auth/eagle/token exchanges. Without it, every client
   * and every code is refused.
   */
  oauth?: OAuthApp
  /** The number of calls after which a search finds a new contact; 0 by default. */
  searchLag?: number
  /**
   * Calls allowed in ten seconds; further calls get a 429. Intercom's 1,667 by default; Infinity refuses none. A
   * function is called for every request, so that the limit can change.
   */
  rateLimit?: number | (() => number)
  /** How the faults `slow` and `time-out` wait; real timers by default. */
  wait?: Wait
  /** The seed of the random generator for faults with a `probability`; the same seed repeats the same failures. */
  faultSeed?: number
  /** How many of the latest requests `requests` keeps; all by default. A long run keeps few, or none. */
  keptRequests?: number
  /** The start of the id counters: emulators with different seeds never share an id. */
  idSeed?: number
}
