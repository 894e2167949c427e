import { bodyOf, type Answer, type Call } from '../call'
import { Refusal } from '../errors'
import type { Workspace } from '../workspace'
import { ok, route } from './route'

/** DEV:setting-up-oauth: the text for a code that is wrong, or lost its trailing `=`. */
const unauthorizedCode = () => new Refusal(401, 'unauthorized', 'Unauthorized Code')

const exchangeCode = (call: Call, { oauth, issuedToken, revokedTokens }: Workspace): Answer => {
  const { client_id, client_secret, code } = bodyOf(call)
  // GUESS: a wrong client is answered like a wrong code.
  if (!oauth || client_id !== oauth.clientId || client_secret !== oauth.clientSecret || code !== oauth.code) {
    throw unauthorizedCode()
  }
  // Installing the app again brings its token back to life.
  revokedTokens.delete(issuedToken)
  return ok({ token_type: 'Bearer', token: issuedToken, access_token: issuedToken })
}

/** DEV:installing-uninstalling-apps; the body of the answer is not documented. */
const uninstall = ({ token }: Call, { revokedTokens }: Workspace): Answer => {
  revokedTokens.add(token)
  return ok({})
}

export const oauthRoutes = [
  route('POST /auth/eagle/token', exchangeCode, { authenticated: false }),
  route('POST /auth/uninstall', uninstall)
]
