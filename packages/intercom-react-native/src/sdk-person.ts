import { callSdk, readLogin, type IntercomSdk, type SdkCall } from './intercom-sdk'
import { afterCall, leaveCompanies, UNKNOWN_STATE, type SdkState } from './login-plan'
import type { Memberships } from './company'

export type SdkPerson = ReturnType<typeof createSdkPerson>

/** The person in Intercom's SDK: makes the calls, and keeps what they change. */
export function createSdkPerson(sdk: IntercomSdk) {
  let state: SdkState = UNKNOWN_STATE

  async function make(call: SdkCall): Promise<void> {
    try {
      await callSdk(sdk, call)
      state = afterCall(state, call)
    } catch (error) {
      // The SDK may be logged in nevertheless.
      if (/^log(in|out)/.test(call[0])) state = UNKNOWN_STATE
      throw error
    }
  }

  return {
    /** Rejects with an `IntercomSdkError` at the first call that fails; the calls after it are not made. */
    makeAll: async (calls: readonly SdkCall[]): Promise<void> => {
      for (const call of calls) await make(call)
    },
    /** Asks the SDK who is logged in, unless it is known. */
    knowLogin: async (): Promise<void> => {
      if (state.login === undefined) state = { ...state, login: await readLogin(sdk) }
    },
    leave: (memberships: Memberships): void => {
      state = leaveCompanies(state, memberships)
    },
    isLoggedOut: (): boolean => state.login?.kind === 'none',
    /** Whether an event with this user id belongs to the person. Without one it belongs to the person who is logged in. */
    isPresent: (userId: string | undefined): boolean => {
      const { login } = state
      if (login?.kind === 'user') return userId === undefined || userId === login.userId
      return login?.kind === 'unidentified' && userId === undefined
    },
    state: (): SdkState => state
  }
}
