import type { Answer, Call } from '../http/call'
import type { Workspace } from '../model/workspace'

export type Handler = (call: Call, workspace: Workspace) => Answer

export interface Route {
  /** `METHOD /path/{param}`, as Intercom's reference writes it. */
  readonly operation: string
  readonly handler: Handler
  /** The Intercom-Version that introduced it. */
  readonly since: string
  /** Whether it requires a bearer token. */
  readonly authenticated: boolean
  /** Whether a browser shows it; then it may answer with HTML. */
  readonly page: boolean
}

/** Declares one operation. Contacts in their present form exist since 2.0. */
export const route = (
  operation: string,
  handler: Handler,
  {
    since = '2.0',
    authenticated = true,
    page = false
  }: { since?: string; authenticated?: boolean; page?: boolean } = {}
): Route => ({ operation, handler, since, authenticated, page })

export const ok = (body: unknown): Answer => ({ status: 200, body })
