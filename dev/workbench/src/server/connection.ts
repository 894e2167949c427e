import {
  authorizationUrl,
  describeWorkspace,
  exchangeCode,
  intercomCloud,
  type Settings
} from '@intercom-destinations/intercom-cloud'
import { createRequestClient } from '@segment/actions-core'
import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { ConnectionState, ConnectRequest, Problem } from '../contract'
import type { CloudTarget } from './engine'
import { messageOf } from './message-of'

/** Binds the way to the consent page and back to one browser. */
export const SESSION_COOKIE = 'workbench_session'

/** The app that the emulator knows. */
export interface EmulatedApp {
  readonly clientId: string
  readonly clientSecret: string
}

export interface EmulatedIntercom {
  readonly target: CloudTarget & { readonly restHost: string }
  readonly app: EmulatedApp
}

/** Whom the browser was sent away for, until it comes back. */
interface Pending {
  /** The browser session that asked: nobody else's answer counts. */
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

/** Long enough to log in to Intercom on the way. */
const PATIENCE_MS = 15 * 60 * 1000

const NOT_ASKED = 'That answer was not asked for in this browser, or it came too late. Connect again.'

/**
 * Which workspace the cloud destination writes to. Tokens and secrets live in here, in memory, and come out as the
 * engine's target only.
 */
export class Connection {
  readonly #emulated: EmulatedIntercom
  readonly #now: () => number
  readonly #pending = new Map<string, Pending>()
  /** The browser sessions that were sent away from here. */
  readonly #sessions = new Set<string>()
  #target: CloudTarget | undefined
  /** Counts what was asked for, so that an answer that comes late does not undo what was done since. */
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

  /** Without asking anybody: what the workbench opens with. */
  async connectEmulator(): Promise<void> {
    await this.#connect(this.#emulated.target, this.#begin())
  }

  disconnect(): void {
    this.#attempts += 1
    this.#target = undefined
    this.#state = { kind: 'none' }
  }

  /** Where to send the browser, and the session that it is to come back with. */
  ask(
    request: Exclude<ConnectRequest, { to: 'token' }>,
    { redirectUri, session: brought }: { redirectUri: string; session: string | undefined }
  ): Asked {
    // Two tabs share a session; one that was not given here may have been planted by another server of this machine.
    const session = brought !== undefined && this.#sessions.has(brought) ? brought : randomUUID()
    this.#sessions.add(session)
    const isEmulator = request.to === 'emulator'
    const app = isEmulator ? this.#emulated.app : request
    const region = isEmulator ? 'auto' : request.region
    const state = randomUUID()
    for (const [key, { until }] of this.#pending) if (until < this.#now()) this.#pending.delete(key)
    this.#pending.set(state, { session, app, region, isEmulator, until: this.#now() + PATIENCE_MS })
    const url = new URL(authorizationUrl({ clientId: app.clientId, state, region, redirectUri }))
    return { goTo: isEmulator ? `${this.#emulated.target.restHost}/oauth${url.search}` : url.href, session }
  }

  /**
   * The browser is back. What went wrong is in the state, but for an answer that nobody asked for: of that, whoever
   * brought it is told, and the page is not.
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
    const request = createRequestClient(extendRequest?.({ settings, auth, payload: undefined }) ?? {})
    // As Segment does when somebody connects: it says what is wrong in the words of the connect screen.
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

  /** What an attempt has come to that was overtaken is of no interest. */
  #fail(wentWrong: string, attempt = this.#attempts): void {
    if (attempt !== this.#attempts) return
    this.#state = { ...this.#state, wentWrong }
  }
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
