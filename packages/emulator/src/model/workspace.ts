import type { Ids } from './ids'
import type { Store } from './store'
import type { Unknowns } from './unknowns'

export type Region = 'us' | 'eu' | 'au'

/** An application that may be connected to the workspace. */
export interface OAuthApp {
  clientId: string
  clientSecret: string
  /** A code that is always valid, for a test that skips the consent page. */
  code?: string
  /** Where the consent page may redirect to; the first is the default. Without any: to this machine only. */
  redirectUris?: readonly string[]
  /** What it may do, as Developer Hub names it, for the consent page. */
  scopes?: readonly string[]
}

/** A consent page that is not answered yet. */
export interface PendingConsent {
  /** The browser session that opened it; only this session may answer. */
  readonly session: string
  readonly redirectUri: string
  readonly state: string | null
}

/** The position of GET /companies/scroll. */
export interface Scroll {
  readonly companyIds: readonly string[]
  readonly position: number
  /** The last use, in seconds. */
  readonly usedAt: number
}

/** Everything a route may use: the data and the settings of the workspace. */
export interface Workspace {
  readonly store: Store
  readonly ids: Ids
  readonly region: Region
  readonly name: string
  readonly id_code: string
  readonly admin_id: string
  readonly searchLag: number
  readonly unknowns: Unknowns
  /** The Intercom-Version of the current request. */
  readonly version: string
  readonly oauth: OAuthApp | undefined
  readonly consents: Map<string, PendingConsent>
  /** Codes from the consent page that are not exchanged yet. */
  readonly issuedCodes: Set<string>
  /** The open scroll over all companies; Intercom allows one. */
  readonly scrolls: Map<string, Scroll>
  /** The only bearer token that is accepted; undefined accepts any that is not empty. */
  readonly acceptedToken: string | undefined
  /** The token an OAuth exchange returns. */
  readonly issuedToken: string
  /** Tokens of an uninstalled app; they are refused. */
  readonly revokedTokens: Set<string>
  /** The current time in seconds, as Intercom uses it. */
  readonly now: () => number
}
