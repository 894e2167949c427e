import type { Ids } from './ids'
import type { Store } from './store'
import type { Unknowns } from './unknowns'

export type Region = 'us' | 'eu' | 'au'

/** An application that may be connected to the workspace. */
export interface OAuthApp {
  clientId: string
  clientSecret: string
  /** A code that is good from the start and stays so, for a test that skips the consent page. */
  code?: string
  /** Where the consent page may send to; the first is the default. Without any: to this machine only. */
  redirectUris?: readonly string[]
}

/** What a person was asked on the consent page and has not answered yet. */
export interface PendingConsent {
  /** The browser session that asked: nobody else may answer. */
  readonly session: string
  readonly redirectUri: string
  readonly state: string | null
}

/** How far GET /companies/scroll has come. */
export interface Scroll {
  readonly companyIds: readonly string[]
  readonly place: number
  /** Seconds. */
  readonly usedAt: number
}

/** All a route may use: what is kept, and what kind of workspace it is kept in. */
export interface Workspace {
  readonly store: Store
  readonly ids: Ids
  readonly region: Region
  readonly name: string
  readonly id_code: string
  readonly admin_id: string
  readonly searchLag: number
  readonly unknowns: Unknowns
  /** The Intercom-Version of the request that is answered. */
  readonly version: string
  readonly oauth: OAuthApp | undefined
  readonly consents: Map<string, PendingConsent>
  /** Codes that the consent page gave and nobody has exchanged yet. */
  readonly issuedCodes: Set<string>
  /** The scroll over all companies that is open, of which Intercom allows one. */
  readonly scrolls: Map<string, Scroll>
  /** The only bearer token that is accepted; undefined accepts any that is not empty. */
  readonly acceptedToken: string | undefined
  /** The token an OAuth exchange returns. */
  readonly issuedToken: string
  /** Tokens whose app was uninstalled: from then on they are refused. */
  readonly revokedTokens: Set<string>
  /** Seconds, as Intercom writes time. */
  readonly now: () => number
}
