import { isSince, readVersion, versionInvalid } from './http/versions'
import type { EmulatorRun } from './emulator-run'
import type { Answer, Call } from './http/call'
import {
  addressNotFound,
  brokenJson,
  errorList,
  notAcceptable,
  notEmulated,
  Refusal,
  unauthorized
} from './http/errors'
import { faultBody, type IndexLagFault, type StatusFault } from './http/faults'
import { acceptsJson, bearerToken, parseBody, type Incoming, type Outgoing } from './http/message'
import { rateLimitMessage } from './http/rate-limit'
import { createRouter, type Match } from './http/router'
import { routes } from './routes'
import { notStartedRoutes } from './routes/not-started'

const findRoute = createRouter([...routes, ...notStartedRoutes])

const authorize = (headers: Headers, { workspace }: EmulatorRun): string => {
  const token = bearerToken(headers)
  const { acceptedToken, revokedTokens } = workspace
  const isAccepted = acceptedToken === undefined ? token !== '' : token === acceptedToken
  if (!isAccepted || revokedTokens.has(token)) throw unauthorized()
  return token
}

/** The settings of one request that differ from those of the workspace. */
interface CallSettings {
  version: string
  token: string
  searchLag: number
}

const callRoute = (
  incoming: Incoming,
  match: Match | undefined,
  { version, token, searchLag }: CallSettings,
  { workspace }: EmulatorRun
): Answer => {
  const { method, url, headers } = incoming
  if (!match?.route.page && !acceptsJson(headers)) throw notAcceptable()
  if (!match) throw notEmulated(`${method} ${url.pathname}`)
  if (!isSince(version, '2.0')) throw notEmulated(`Intercom-Version ${version}: it answers from 2.0 on`)
  if (!isSince(version, match.route.since)) {
    throw versionInvalid('Requested resource is not available in current API version.')
  }
  const parsed = parseBody(incoming)
  if (!parsed.ok) throw brokenJson(parsed.reason)
  const call: Call = {
    method,
    path: url.pathname,
    origin: url.origin,
    query: url.searchParams,
    headers,
    body: parsed.body,
    params: match.params,
    version,
    token
  }
  return match.route.handler(call, { ...workspace, searchLag, version })
}

/** Answers as Intercom would. `indexLag` is the fault that hides recent contacts from this one search. */
export const answerRequest = (
  incoming: Incoming,
  requestId: string,
  run: EmulatorRun,
  indexLag?: IndexLagFault
): Outgoing => {
  const { method, url, headers } = incoming
  const { workspace, rateLimitWindow } = run
  const match = findRoute(method, url.pathname)
  let commonHeaders: Record<string, string> = {}
  try {
    if (url.pathname.includes('//')) throw addressNotFound()
    const needsToken = match?.route.authenticated ?? true
    const token = needsToken ? authorize(headers, run) : ''
    if (needsToken) {
      commonHeaders = rateLimitWindow.take(workspace.now())
      workspace.store.calls += 1
    }
    const version = readVersion(headers.get('intercom-version'))
    commonHeaders['Intercom-Version'] = version
    const searchLag = indexLag ? (indexLag.calls ?? Infinity) : workspace.searchLag
    const answer = callRoute(incoming, match, { version, token, searchLag }, run)
    return { status: answer.status, headers: { ...commonHeaders, ...answer.headers }, body: answer.body }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const body = error.body ?? errorList(requestId, error.code, error.message)
    return { status: error.status, headers: { ...commonHeaders, ...error.headers }, body }
  }
}

/** Answers with the status of a fault; the request is not handled. */
export const answerStatusFault = (fault: StatusFault, requestId: string, run: EmulatorRun): Outgoing => {
  const { workspace, rateLimitWindow } = run
  const { status, headers } = fault
  const rateLimitHeaders = status === 429 ? rateLimitWindow.exceeded(workspace.now()) : {}
  const body = faultBody(fault, requestId, rateLimitMessage(rateLimitWindow.limit))
  return { status, headers: { ...rateLimitHeaders, ...headers }, body }
}
