import type { Ids } from './ids'
import type { Store } from './store'

export type Region = 'us' | 'eu' | 'au'

/** The application an OAuth code may be exchanged for. */
export interface OAuthApp {
  clientId: string
  clientSecret: string
  code: string
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
  readonly oauth: OAuthApp | undefined
  /** The token an OAuth exchange hands out. */
  readonly issuedToken: string
  /** Tokens whose app was uninstalled: from then on they are refused. */
  readonly revokedTokens: Set<string>
  /** Seconds, as Intercom writes time. */
  readonly now: () => number
}
