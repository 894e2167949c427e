import { bodyOf, type Answer, type Call } from '../http/call'
import { consentPage, PAGE_HEADERS, refusalPage } from '../http/consent-page'
import { Refusal } from '../http/errors'
import type { OAuthApp, Workspace } from '../model/workspace'
import { ok, route } from './route'

/** DEV:setting-up-oauth: the text for a wrong code, or one without its trailing `=`. */
const unauthorizedCode = () => new Refusal(401, 'unauthorized', 'Unauthorized Code')

// Lax, not Strict: a link of the app leads to the page, and a second tab must share the session of the first.
const COOKIE = 'emulated_session'
const COOKIE_VALUE = new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f-]{36})(?:;|$)`)

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

const sessionOf = ({ headers }: Call): string | undefined => COOKIE_VALUE.exec(headers.get('cookie') ?? '')?.[1]

const refused = (status: number, reason: string): Answer => ({
  status,
  body: refusalPage(reason),
  headers: PAGE_HEADERS
})

const isOnThisMachine = (address: string): boolean => {
  const url = URL.canParse(address) ? new URL(address) : undefined
  return url !== undefined && ['http:', 'https:'].includes(url.protocol) && LOOPBACK.includes(url.hostname)
}

/** DEV:setting-up-oauth: one of the registered addresses; the first by default. */
const redirectOf = (asked: string | null, { redirectUris }: OAuthApp): string | undefined => {
  if (asked === null) return redirectUris?.[0]
  const allowed = redirectUris ? redirectUris.includes(asked) : isOnThisMachine(asked)
  return allowed ? asked : undefined
}

const askConsent = (call: Call, { oauth, consents, name }: Workspace): Answer => {
  const { query } = call
  if (!oauth || query.get('client_id') !== oauth.clientId) return refused(400, 'No app with this client_id is known.')
  const redirectUri = redirectOf(query.get('redirect_uri'), oauth)
  if (redirectUri === undefined) return refused(400, 'This redirect_uri is not one of the app.')
  const session = sessionOf(call) ?? crypto.randomUUID()
  const consent = crypto.randomUUID()
  consents.set(consent, { session, redirectUri, state: query.get('state') })
  return {
    status: 200,
    body: consentPage({ clientId: oauth.clientId, workspace: name, redirectUri, consent, scopes: oauth.scopes ?? [] }),
    headers: { ...PAGE_HEADERS, 'Set-Cookie': `${COOKIE}=${session}; Path=/oauth; HttpOnly; SameSite=Lax` }
  }
}

/** GUESS: the parameter of a refusal; `access_denied` is the code of the OAuth standard. */
const answerConsent = (call: Call, { consents, issuedCodes, ids }: Workspace): Answer => {
  const { consent, decision } = bodyOf(call)
  const pending = typeof consent === 'string' ? consents.get(consent) : undefined
  if (typeof consent !== 'string' || !pending || pending.session !== sessionOf(call)) {
    return refused(403, 'This page was not opened in this browser, or it was answered already.')
  }
  if (decision !== 'allow' && decision !== 'deny') return refused(400, 'The answer is either allow or deny.')
  consents.delete(consent)
  const target = new URL(pending.redirectUri)
  if (decision === 'allow') {
    const code = ids.oauthCode()
    issuedCodes.add(code)
    target.searchParams.set('code', code)
  } else target.searchParams.set('error', 'access_denied')
  if (pending.state !== null) target.searchParams.set('state', pending.state)
  return { status: 302, headers: { Location: target.href, 'Cache-Control': 'no-store' } }
}

const exchangeCode = (call: Call, { oauth, issuedToken, issuedCodes, revokedTokens }: Workspace): Answer => {
  const { client_id, client_secret, code } = bodyOf(call)
  // GUESS: a wrong client gets the answer of a wrong code.
  if (!oauth || client_id !== oauth.clientId || client_secret !== oauth.clientSecret) throw unauthorizedCode()
  if (typeof code !== 'string' || (code !== oauth.code && !issuedCodes.delete(code))) throw unauthorizedCode()
  // Installing the app again makes its token valid again.
  revokedTokens.delete(issuedToken)
  return ok({ token_type: 'Bearer', token: issuedToken, access_token: issuedToken })
}

/** DEV:installing-uninstalling-apps. The body of the answer is not documented. */
const uninstall = ({ token }: Call, { revokedTokens }: Workspace): Answer => {
  revokedTokens.add(token)
  return ok({})
}

export const oauthRoutes = [
  route('GET /oauth', askConsent, { authenticated: false, page: true }),
  route('POST /oauth/consent', answerConsent, { authenticated: false, page: true }),
  route('POST /auth/eagle/token', exchangeCode, { authenticated: false }),
  route('POST /auth/uninstall', uninstall)
]
