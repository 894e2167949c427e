import {
  authorizationUrl,
  describeWorkspace,
  exchangeCode,
  intercomCloud,
  type Settings
} from '@intercom-destinations/intercom-cloud'
import { createRequestClient } from '@segment/actions-core'
import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { ConnectionState, ConnectRequest, Problem } from '../../contract'
import type { CloudTarget } from '../engine/index'
import { messageOf } from '@intercom-destinations/cli'

/** Ties an authorization request and its answer to one browser. */
export const SESSION_COOKIE = 'workbench_session'

/** The OAuth app that the emulator accepts. */
export interface EmulatedApp {
  readonly clientId: string
  readonly clientSecret: string
}

export interface EmulatedIntercom {
  readonly target: CloudTarget & { readonly restHost: string }
  readonly app: EmulatedApp
}

/** An authorization request that waits for its answer. */
interface Pending {
  /** The browser session of the request. An answer of another session is refused. */
  readonly session: string
  readonly app: EmulatedApp
  readonly region: string
  readonly isEmulator: boolean
  readonly until: number
}

export interface Asked {
  readonly goTo: string
  readonly session: string
}

interface Returned {
  readonly session: string | undefined
  readonly state: string | undefined
  readonly code: string | undefined
  readonly error: string | undefined
}

/** Long enough to log in to Intercom first. */
const MAX_CONSENT_MS = 15 * 60 * 1000

const NOT_ASKED = 'This browser has not started this connection, or the answer came too late. Connect again.'

/**
 * The workspace that the cloud destination writes to. Tokens and secrets are kept here, in memory, and are read only as
 * the engine's target.
 */
export class Connection {
  readonly #emulated: EmulatedIntercom
  readonly #now: () => number
  readonly #pending = new Map<string, Pending>()
  /** The browser sessions that were created here. */
  readonly #sessions = new Set<string>()
  #target: CloudTarget | undefined
  /** Counts attempts, so that a late answer does not undo a later attempt. */
  #attempts = 0
  #state: ConnectionState = { kind: 'none' }

  constructor(emulated: EmulatedIntercom, now: () => number = Date.now) {
    this.#emulated = emulated
    this.#now = now
  }

  get target(): CloudTarget | undefined {
    return this.#target
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** Connects without a consent page; the workbench starts with this. */
  async connectEmulator(): Promise<void> {
    await this.#connect(this.#emulated.target, this.#begin())
  }

  disconnect(): void {
    this.#attempts += 1
    this.#target = undefined
    this.#state = { kind: 'none' }
  }

  /** Returns where to send the browser, and the session that its answer needs. */
  ask(
    request: Exclude<ConnectRequest, { to: 'token' }>,
    { redirectUri, session: brought }: { redirectUri: string; session: string | undefined }
  ): Asked {
    // Two tabs share a session. An unknown one may have been set by another server on this machine.
    const session = brought !== undefined && this.#sessions.has(brought) ? brought : randomUUID()
    this.#sessions.add(session)
    const isEmulator = request.to === 'emulator'
    const app = isEmulator ? this.#emulated.app : request
    const region = isEmulator ? 'auto' : request.region
    const state = randomUUID()
    for (const [key, { until }] of this.#pending) if (until < this.#now()) this.#pending.delete(key)
    this.#pending.set(state, { session, app, region, isEmulator, until: this.#now() + MAX_CONSENT_MS })
    const url = new URL(authorizationUrl({ clientId: app.clientId, state, region, redirectUri }))
    return { goTo: isEmulator ? `${this.#emulated.target.restHost}/oauth${url.search}` : url.href, session }
  }

  /**
   * Handles the answer of the consent page. Failures are stored in the state. Only the problem of an answer without a
   * request is returned instead, because it must not change what the page shows.
   */
  async comeBack({ session, state = '', code = '', error }: Returned): Promise<{ readonly problem?: string }> {
    const pending = this.#pending.get(state)
    if (!pending || pending.until < this.#now() || !isSame(session ?? '', pending.session))
      return { problem: NOT_ASKED }
    this.#pending.delete(state)
    if (error !== undefined || code === '') {
      this.#fail(
        error === 'access_denied' ? 'Access was denied on the consent page.' : 'The consent page gave no code.'
      )
      return {}
    }
    const { app, region, isEmulator } = pending
    const { restHost } = this.#emulated.target
    const attempt = this.#begin()
    try {
      const { accessToken } = await exchangeCode({ ...app, code }, isEmulator ? { restHost } : {})
      await this.#connect(isEmulator ? this.#emulated.target : { token: accessToken, region }, attempt)
    } catch (thrown) {
      this.#fail(messageOf(thrown), attempt)
    }
    return {}
  }

  async connectToken({ token, region }: { token: string; region: string }): Promise<readonly Problem[]> {
    const attempt = this.#begin()
    try {
      await this.#connect({ token, region }, attempt)
      return []
    } catch (thrown) {
      this.#fail(messageOf(thrown), attempt)
      return [{ path: 'token', message: messageOf(thrown) }]
    }
  }

  #begin(): number {
    this.#attempts += 1
    return this.#attempts
  }

  async #connect(target: CloudTarget, attempt: number): Promise<void> {
    const { restHost } = target
    const settings: Settings = { region: target.region }
    const at = restHost === undefined ? {} : { restHost }
    const auth = { accessToken: target.token, refreshToken: '' }
    const { extendRequest, authentication } = intercomCloud(at)
    const request = createRequestClient(extendRequest({ auth }))
    // Segment calls this on connecting, and its errors are worded for that screen.
    await authentication?.testAuthentication?.(request, { settings, auth })
    const found = await describeWorkspace(request, settings, at)
    if (attempt !== this.#attempts) throw new Error('Something else was connected or disconnected meanwhile.')
    this.#target = target
    this.#state = {
      kind: restHost === undefined ? 'intercom' : 'emulator',
      workspace: found.name ?? found.id ?? 'a workspace without a name',
      region: found.region ?? 'unknown',
      ...(found.id === undefined ? {} : { id: found.id })
    }
  }

  /** Ignores the failure of an attempt that a later one has replaced. */
  #fail(wentWrong: string, attempt = this.#attempts): void {
    if (attempt !== this.#attempts) return
    this.#state = { ...this.#state, wentWrong }
  }
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
