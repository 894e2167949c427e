import type { Answer, Call } from './http/call'
import { coverage } from './coverage'
import type { Company, Contact, DataAttribute, DataEvent, Note, Tag, Visitor } from './model/entities'
import {
  addressNotFound,
  brokenJson,
  errorList,
  notAcceptable,
  notEmulated,
  Refusal,
  unauthorized
} from './http/errors'
import { ConnectionDropped, faultBody, Faults, type Fault, type IndexLagFault, type StatusFault } from './http/faults'
import { createIds } from './model/ids'
import { RATE_LIMIT_PER_WINDOW } from './model/limits'
import { rateLimitMessage, RateWindow } from './http/rate-limit'
import { recordedHeaders, withoutSecrets, type RecordedRequest } from './http/recorded'
import { createRouter, type Match } from './http/router'
import { routes } from './routes'
import { route } from './routes/route'
import { seedStore, type AttributeSeed, type Seed, type Seeded } from './model/seed'
import { Store } from './model/store'
import { readUnknowns, type Unknowns } from './model/unknowns'
import { DEFAULT_VERSION, isSince, readVersion, versionInvalid } from './http/versions'
import { waitByTimer, waitForAbort, type Wait } from './http/wait'
import type { OAuthApp, Region, Workspace } from './model/workspace'

export interface EmulatorOptions extends Partial<Unknowns> {
  /** When given, only this bearer token is accepted; otherwise any that is not empty. */
  token?: string
  /** Milliseconds; `Date.now` when left out. */
  clock?: () => number
  region?: Region
  workspace?: { name?: string; id_code?: string; admin_id?: string }
  /** Custom attributes of contacts the workspace has declared. */
  contactAttributes?: readonly AttributeSeed[]
  /** Custom attributes of companies the workspace has declared. */
  companyAttributes?: readonly AttributeSeed[]
  /** What else is there from the start, and again after `reset()`. */
  seed?: Seed
  /** The app that GET /oauth asks consent for, and whose codes POST /auth/eagle/token exchanges; without it all are wrong. */
  oauth?: OAuthApp
  /** A new contact is found by search only after this many further calls; 0 when left out. */
  searchLag?: number
  /**
   * Calls in each ten seconds, further ones are a 429; Intercom's 1,667 when left out, Infinity turns nobody away. A
   * function is asked at every call, for a limit that somebody changes.
   */
  rateLimit?: number | (() => number)
  /** How the faults `slow` and `time-out` let time pass; real timers when left out. */
  wait?: Wait
  /** Where the generator of faults with a `probability` begins; the same seed, the same bad day. */
  faultSeed?: number
  /** How many of the latest requests `requests` keeps; all when left out. A long run keeps few, or none. */
  keptRequests?: number
  /** Ids are counted from here: two emulators with different seeds never share one. */
  idSeed?: number
}

/** Read-only views of what the workspace keeps. Contacts that are archived, deleted or merged are there, with their status. */
export interface EmulatorState {
  readonly contacts: readonly Contact[]
  readonly companies: readonly Company[]
  readonly events: readonly DataEvent[]
  readonly tags: readonly Tag[]
  readonly dataAttributes: readonly DataAttribute[]
  readonly notes: readonly Note[]
  readonly visitors: readonly Visitor[]
}

export interface Emulator {
  /** Answers as Intercom's REST API would, whatever the host. Works detached from the emulator. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>
  /** The requests answered, oldest first, as many as `keptRequests` says; emptied by `reset()`. */
  readonly requests: readonly RecordedRequest[]
  readonly state: EmulatorState
  /** Adds to what is there, without a request and without validation. */
  readonly seed: (seed: Seed) => Seeded
  /** Brings trouble over the next matching requests; what it gives switches that off again. */
  readonly fault: (fault: Fault) => () => void
  /** Back to the seed it was created with: no requests, no faults, the same ids again. */
  readonly reset: () => void
}

interface Incoming {
  method: string
  url: URL
  headers: Headers
  text: string
}

/** What goes over the wire, before it is a Response. */
interface Outgoing {
  status: number
  headers: Record<string, string>
  body: unknown
}

/** On every answer: another one means that nothing is there any more of what was written before. */
export const RUN_HEADER = 'X-Emulator-Run'

/** The status of a request in the record whose connection broke before an answer. */
const UNANSWERED = 0

const BEARER = /^Bearer +(\S+) *$/i

const tokenOf = (headers: Headers) => BEARER.exec(headers.get('authorization') ?? '')?.[1] ?? ''

const isForm = (headers: Headers) =>
  headers.get('content-type')?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false

type Parsed = { ok: true; body: unknown } | { ok: false; body: string; reason: string }

const parse = ({ text, headers }: Incoming): Parsed => {
  if (text === '') return { ok: true, body: undefined }
  if (isForm(headers)) return { ok: true, body: Object.fromEntries(new URLSearchParams(text)) }
  try {
    const body: unknown = JSON.parse(text)
    return { ok: true, body }
  } catch (error) {
    return { ok: false, body: text, reason: error instanceof Error ? error.message : 'unexpected token' }
  }
}

/** DEV: send `Accept: application/json`; anything that rules it out is a 406. */
const acceptsJson = (headers: Headers) => {
  const accept = headers.get('accept')
  return accept === null || /\*\/\*|application\/(\*|json)/.test(accept)
}

/** Known by name, so that GET /companies/scroll is no company called "scroll" that is not there. */
const notStarted = coverage
  .filter(({ state }) => state === 'not started')
  .map(({ operation }) =>
    route(operation, ({ method, path }) => {
      throw notEmulated(`${method} ${path}`)
    })
  )

const findRoute = createRouter([...routes, ...notStarted])

/** An Intercom workspace in memory. */
export const createEmulator = (options: EmulatorOptions = {}): Emulator => {
  const clock = options.clock ?? Date.now
  const faults = new Faults(options.faultSeed ?? 1)
  const wait = options.wait ?? waitByTimer
  const { rateLimit: limit = RATE_LIMIT_PER_WINDOW } = options
  const rateLimit = typeof limit === 'number' ? () => limit : limit
  const requests: RecordedRequest[] = []
  const { keptRequests = Infinity } = options

  const open = (): Workspace => {
    const workspace: Workspace = {
      store: new Store(),
      ids: createIds(options.idSeed ?? 0),
      region: options.region ?? 'us',
      name: options.workspace?.name ?? 'Emulated Workspace',
      id_code: options.workspace?.id_code ?? 'emulated',
      admin_id: options.workspace?.admin_id ?? '1',
      searchLag: options.searchLag ?? 0,
      unknowns: readUnknowns(options),
      version: DEFAULT_VERSION,
      oauth: options.oauth,
      consents: new Map(),
      issuedCodes: new Set(),
      scrolls: new Map(),
      issuedToken: options.token ?? 'emulated-access-token',
      revokedTokens: new Set(),
      now: () => Math.floor(clock() / 1000)
    }
    const { contactAttributes, companyAttributes } = options
    const me = { id: workspace.admin_id, name: 'Emulated Admin', email: 'admin@example.com' }
    workspace.store.admins.set(me.id, me)
    seedStore({ contactAttributes, companyAttributes }, workspace)
    seedStore(options.seed ?? {}, workspace)
    return workspace
  }

  let workspace = open()
  let run = crypto.randomUUID()
  let window = new RateWindow(rateLimit)

  const authorize = (headers: Headers): string => {
    const token = tokenOf(headers)
    const known = options.token === undefined ? token !== '' : token === options.token
    if (!known || workspace.revokedTokens.has(token)) throw unauthorized()
    return token
  }

  const handle = (
    incoming: Incoming,
    found: Match | undefined,
    { version, token, searchLag }: { version: string; token: string; searchLag: number }
  ): Answer => {
    const { method, url, headers } = incoming
    if (!found?.route.page && !acceptsJson(headers)) throw notAcceptable()
    if (!found) throw notEmulated(`${method} ${url.pathname}`)
    if (!isSince(version, '2.0')) throw notEmulated(`Intercom-Version ${version}: it answers from 2.0 on`)
    if (!isSince(version, found.route.since)) {
      throw versionInvalid('Requested resource is not available in current API version.')
    }
    const parsed = parse(incoming)
    if (!parsed.ok) throw brokenJson(parsed.reason)
    const call: Call = {
      method,
      path: url.pathname,
      origin: url.origin,
      query: url.searchParams,
      headers,
      body: parsed.body,
      params: found.params,
      version,
      token
    }
    return found.route.handler(call, { ...workspace, searchLag, version })
  }

  const answer = (incoming: Incoming, requestId: string, lag?: IndexLagFault): Outgoing => {
    const { method, url, headers } = incoming
    const found = findRoute(method, url.pathname)
    let extra: Record<string, string> = {}
    try {
      if (url.pathname.includes('//')) throw addressNotFound()
      const needsToken = found?.route.authenticated ?? true
      const token = needsToken ? authorize(headers) : ''
      if (needsToken) {
        extra = window.take(workspace.now())
        workspace.store.calls += 1
      }
      const version = readVersion(headers.get('intercom-version'))
      extra['Intercom-Version'] = version
      const searchLag = lag ? (lag.calls ?? Infinity) : workspace.searchLag
      const { status, body, headers: own } = handle(incoming, found, { version, token, searchLag })
      return { status, headers: { ...extra, ...own }, body }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const body = error.body ?? errorList(requestId, error.code, error.message)
      return { status: error.status, headers: { ...extra, ...error.headers }, body }
    }
  }

  const answerFault = (fault: StatusFault, requestId: string): Outgoing => {
    const { status } = fault
    const throttled = status === 429 ? window.exceeded(workspace.now()) : {}
    const body = faultBody(fault, requestId, rateLimitMessage(window.limit))
    return { status, headers: { ...throttled, ...fault.headers }, body }
  }

  /** What becomes of a request under a fault; undefined when the connection broke without an answer. */
  const applyFaults = async (
    incoming: Incoming,
    requestId: string,
    faults: readonly Fault[],
    signal: AbortSignal
  ): Promise<Outgoing | undefined> => {
    const slow = faults.find(({ trouble }) => trouble === 'slow')
    if (slow?.trouble === 'slow') await wait(slow.ms ?? 0, signal)
    const lag = faults.find((fault) => fault.trouble === 'index-lag')
    const fault = faults.find(({ trouble }) => trouble !== 'slow' && trouble !== 'index-lag')
    if (fault?.status !== undefined) return answerFault(fault, requestId)
    switch (fault?.trouble) {
      case 'dropped':
        return undefined
      case 'lost-answer':
        answer(incoming, requestId, lag)
        return undefined
      case 'time-out':
        await (fault.ms === undefined ? waitForAbort(signal) : wait(fault.ms, signal))
        return undefined
      case undefined:
      case 'index-lag':
      case 'slow':
        return answer(incoming, requestId, lag)
    }
  }

  const record = (incoming: Incoming, outgoing: Outgoing | undefined): void => {
    const path = incoming.url.pathname
    requests.push({
      operation: `${incoming.method} ${path}`,
      method: incoming.method,
      path,
      query: Object.fromEntries(incoming.url.searchParams),
      headers: recordedHeaders(incoming.headers),
      body: withoutSecrets(path, parse(incoming).body),
      status: outgoing?.status ?? UNANSWERED,
      response: withoutSecrets(path, outgoing?.body),
      missingVersion: !incoming.headers.has('intercom-version')
    })
    if (requests.length > keptRequests) requests.shift()
  }

  const fetch: Emulator['fetch'] = async (input, init) => {
    const request = new Request(input, init)
    const text = await request.text()
    request.signal.throwIfAborted()
    const incoming = { method: request.method.toUpperCase(), url: new URL(request.url), headers: request.headers, text }
    const requestId = workspace.ids.request()
    const found = faults.take(incoming.method, incoming.url.pathname)
    const outgoing = await applyFaults(incoming, requestId, found, request.signal).catch((error: unknown) => {
      if (request.signal.aborted) record(incoming, undefined)
      throw error
    })
    record(incoming, outgoing)
    if (outgoing === undefined) throw new ConnectionDropped()
    const { status, headers, body } = outgoing
    const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
    const content = typeof body === 'string' ? body : JSON.stringify(body)
    return new Response(body === undefined ? null : content, {
      status,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': type }),
        'X-Request-Id': requestId,
        [RUN_HEADER]: run,
        ...headers
      }
    })
  }

  return {
    fetch,
    requests,
    state: {
      get contacts() {
        return workspace.store.contacts
      },
      get companies() {
        return workspace.store.companies
      },
      get events() {
        return workspace.store.events
      },
      get tags() {
        return workspace.store.tags
      },
      get dataAttributes() {
        return workspace.store.attributes
      },
      get notes() {
        return workspace.store.notes
      },
      get visitors() {
        return workspace.store.visitors
      }
    },
    seed: (seed) => seedStore(seed, workspace),
    fault: (fault) => faults.add(fault),
    reset: () => {
      requests.length = 0
      faults.clear()
      window = new RateWindow(rateLimit)
      workspace = open()
      run = crypto.randomUUID()
    }
  }
}
