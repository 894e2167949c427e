import { toRecord, toText } from '@intercom-destinations/shared-mapping'
import type { EventMetadata, UserAttributes } from './sdk-types'

/** The part of `@intercom/intercom-react-native` that the plugin calls. */
export interface IntercomSdk {
  loginUnidentifiedUser: () => Promise<unknown>
  loginUserWithUserAttributes: (attributes: UserAttributes) => Promise<unknown>
  logout: () => Promise<unknown>
  setUserHash: (hash: string) => Promise<unknown>
  setUserJwt: (jwt: string) => Promise<unknown>
  updateUser: (attributes: UserAttributes) => Promise<unknown>
  logEvent: (name: string, metadata?: EventMetadata) => Promise<unknown>
  isUserLoggedIn: () => Promise<unknown>
  fetchLoggedInUserAttributes: () => Promise<unknown>
}

/** A call that changes something in Intercom. */
export type SdkCall =
  | readonly [method: 'loginUnidentifiedUser' | 'logout']
  | readonly [method: 'setUserHash' | 'setUserJwt', proof: string]
  | readonly [method: 'loginUserWithUserAttributes' | 'updateUser', attributes: UserAttributes]
  | readonly [method: 'logEvent', name: string, metadata?: EventMetadata]

/** Who is logged in to Intercom's SDK. A user may be known by their e-mail address only. */
export type Login = { kind: 'none' } | { kind: 'unidentified' } | { kind: 'user'; userId: string | undefined }

/**
 * How long the SDK may take to answer, in milliseconds. A call of the Segment client waits for the answer, so it must end.
 * The client itself waits as long for a plugin that has paused it.
 */
export const ANSWER_WITHIN_MS = 30_000

/** A call that Intercom's SDK rejected or did not answer. `cause` is what the SDK rejected with. */
export class IntercomSdkError extends Error {
  override readonly name = 'IntercomSdkError'
  readonly method: string
  /** The code of the SDK, `no-answer`, or `undefined`. */
  readonly code: string | undefined
  override readonly cause: unknown

  constructor(method: string, code: string | undefined, cause?: unknown) {
    super(
      code === NO_ANSWER
        ? `Intercom did not answer ${method} within ${ANSWER_WITHIN_MS / 1000} seconds`
        : `Intercom rejected ${method}${code === undefined ? '' : ` (code ${code})`}`
    )
    Object.setPrototypeOf(this, IntercomSdkError.prototype)
    this.method = method
    this.code = code
    this.cause = cause
  }

  /** The Segment client logs an error as JSON, in which the message of an `Error` is missing. */
  toJSON(): { name: string; message: string } {
    return { name: this.name, message: this.message }
  }
}

const NO_ANSWER = 'no-answer'

/** Makes a call and waits for the answer. Rejects with an `IntercomSdkError`, also where the native module is missing. */
export async function callSdk(sdk: IntercomSdk, call: SdkCall): Promise<void> {
  await answerOf(call[0], () => startCall(sdk, call))
}

function startCall(sdk: IntercomSdk, call: SdkCall): Promise<unknown> {
  switch (call[0]) {
    case 'setUserHash':
    case 'setUserJwt':
      return sdk[call[0]](call[1])
    case 'loginUserWithUserAttributes':
    case 'updateUser':
      return sdk[call[0]](call[1])
    case 'logEvent':
      return call[2] ? sdk.logEvent(call[1], call[2]) : sdk.logEvent(call[1])
    case 'loginUnidentifiedUser':
    case 'logout':
      return sdk[call[0]]()
  }
}

/** Who is logged in. The SDK keeps a login when the app ends. Where it does not say, it is taken as no login. */
export async function readLogin(sdk: IntercomSdk): Promise<Login> {
  try {
    const isLoggedIn = await answerOf('isUserLoggedIn', () => sdk.isUserLoggedIn())
    // Before version 10.7, Android throws if there are no attributes.
    if (isLoggedIn !== true) return { kind: 'none' }
    const attributes = toRecord(await answerOf('fetchLoggedInUserAttributes', () => sdk.fetchLoggedInUserAttributes()))
    const userId = toText(attributes?.userId) || undefined
    const isUser = userId !== undefined || Boolean(toText(attributes?.email))
    return isUser ? { kind: 'user', userId } : { kind: 'unidentified' }
  } catch {
    return { kind: 'none' }
  }
}

async function answerOf(method: string, call: () => Promise<unknown>): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new IntercomSdkError(method, NO_ANSWER)), ANSWER_WITHIN_MS)
  })
  try {
    return await Promise.race([call(), timeout])
  } catch (error) {
    throw error instanceof IntercomSdkError ? error : new IntercomSdkError(method, toCode(error), error)
  } finally {
    clearTimeout(timer)
  }
}

/** React Native puts the native code of a rejection into `code`. */
function toCode(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : undefined
}
