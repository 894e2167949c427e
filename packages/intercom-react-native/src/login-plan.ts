import type { Person, Proof } from './build-call'
import type { Memberships } from './company'
import type { Login, SdkCall } from './intercom-sdk'
import type { MobileLoss } from './losses'
import type { SdkCompany, UserAttributes } from './sdk-types'

/** What the plugin knows of Intercom's SDK. */
export interface SdkState {
  /** `undefined` if it has to be read from the SDK. */
  login: Login | undefined
  /** The proof that the SDK has. */
  proof: Proof
  /** Every value that was sent about the person, as JSON. */
  sent: ReadonlyMap<string, string>
  /** The companies of the person that were sent. */
  companies: ReadonlyMap<string, SdkCompany>
}

export const UNKNOWN_STATE: SdkState = { login: undefined, proof: {}, sent: new Map(), companies: new Map() }
const LOGGED_OUT: SdkState = { ...UNKNOWN_STATE, login: { kind: 'none' } }

export interface LoginRules {
  trackAnonymous: boolean
  secured: boolean
}

export interface Plan {
  calls: SdkCall[]
  losses: MobileLoss[]
}

/** The calls that make the person known to Intercom. */
export function planPerson(person: Person, state: SdkState, rules: LoginRules): Plan {
  const { userId } = person
  if (userId === undefined) return planUnidentified(person, state, rules)
  const { login } = state
  const isPresent = login?.kind === 'user' && login.userId === userId
  const isOther = login?.kind === 'user' && !isPresent
  // The other person's conversations must not stay on the phone, also if this one cannot be logged in.
  if (!isPresent && rules.secured && Object.keys(person.proof).length === 0)
    return { calls: toLogout(isOther), losses: [{ path: 'user_id', reason: 'no-proof' }] }
  if (isPresent) {
    const { calls, losses } = planUpdate(person, state)
    return { calls: [...toProofCalls(person.proof, state.proof), ...calls], losses }
  }
  // An unidentified person who logs in stays the same person, with their companies.
  const { companies, losses } = joinCompanies(person.memberships, isOther ? LOGGED_OUT : state)
  const attributes = { userId, ...person.attributes, ...(companies.length > 0 && { companies }) }
  return {
    calls: [
      ...toLogout(isOther),
      ...toProofCalls(person.proof, isOther ? {} : state.proof),
      ['loginUserWithUserAttributes', attributes]
    ],
    losses
  }
}

function planUnidentified(person: Person, state: SdkState, { trackAnonymous }: LoginRules): Plan {
  const { login } = state
  const isOther = login?.kind === 'user'
  if (!trackAnonymous) return { calls: toLogout(isOther), losses: [{ path: 'user_id', reason: 'anonymous-off' }] }
  if (login?.kind === 'unidentified') return planUpdate(person, state)
  const { calls, losses } = planUpdate(person, LOGGED_OUT)
  return { calls: [...toLogout(isOther), ['loginUnidentifiedUser'], ...calls], losses }
}

const toLogout = (isOther: boolean): SdkCall[] => (isOther ? [['logout']] : [])

function toProofCalls({ user_hash, intercom_user_jwt }: Proof, known: Proof): SdkCall[] {
  const calls: SdkCall[] = []
  if (user_hash !== undefined && user_hash !== known.user_hash) calls.push(['setUserHash', user_hash])
  if (intercom_user_jwt !== undefined && intercom_user_jwt !== known.intercom_user_jwt)
    calls.push(['setUserJwt', intercom_user_jwt])
  return calls
}

/** One update with what is new about the person, or none. */
export function planUpdate(person: Pick<Person, 'attributes' | 'memberships'>, state: SdkState): Plan {
  const { companies, losses } = joinCompanies(person.memberships, state)
  const fresh = toNews({ ...person.attributes, ...(companies.length > 0 && { companies }) }, state.sent)
  return { calls: Object.keys(fresh).length > 0 ? [['updateUser', fresh]] : [], losses }
}

/**
 * All companies of the person, those sent before included: the SDK takes a list, and does not say whether it replaces the
 * former one. Attributes of a company that are not sent again are kept, above all its name.
 */
function joinCompanies(
  { joined }: Memberships,
  { companies: known }: SdkState
): { companies: SdkCompany[]; losses: MobileLoss[] } {
  const byId = new Map(known)
  const losses: MobileLoss[] = []
  for (const { path, company } of joined) {
    const older = byId.get(company.id)
    byId.set(company.id, mergeCompanies(older, company))
    if (older === undefined && company.name === undefined) losses.push({ path, reason: 'unnamed-company' })
  }
  return { companies: [...byId.values()], losses }
}

function mergeCompanies(older: SdkCompany | undefined, newer: SdkCompany): SdkCompany {
  const customAttributes = { ...older?.customAttributes, ...newer.customAttributes }
  return { ...older, ...newer, ...(Object.keys(customAttributes).length > 0 && { customAttributes }) }
}

/** The attributes that differ from what was sent. */
function toNews({ customAttributes = {}, ...attributes }: UserAttributes, sent: SdkState['sent']): UserAttributes {
  const isNew =
    (prefix: string) =>
    ([name, value]: [string, unknown]) =>
      sent.get(prefix + name) !== toJson(value)
  const custom = Object.fromEntries(Object.entries(customAttributes).filter(isNew(CUSTOM)))
  const own: UserAttributes = Object.fromEntries(Object.entries(attributes).filter(isNew(OWN)))
  return { ...own, ...(Object.keys(custom).length > 0 && { customAttributes: custom }) }
}

const OWN = 'own.'
const CUSTOM = 'custom.'

const toJson = (value: unknown): string => JSON.stringify(value)

/** Later updates do not name the companies that the person has left. */
export function leaveCompanies(state: SdkState, { left }: Memberships): SdkState {
  return left.length === 0
    ? state
    : { ...state, companies: new Map([...state.companies].filter(([id]) => !left.includes(id))) }
}

/** What the plugin knows after the SDK has accepted a call. */
export function afterCall(state: SdkState, call: SdkCall): SdkState {
  switch (call[0]) {
    case 'logout':
      return LOGGED_OUT
    case 'loginUnidentifiedUser':
      return { ...LOGGED_OUT, login: { kind: 'unidentified' } }
    case 'setUserHash':
      return { ...state, proof: { ...state.proof, user_hash: call[1] } }
    case 'setUserJwt':
      return { ...state, proof: { ...state.proof, intercom_user_jwt: call[1] } }
    case 'loginUserWithUserAttributes':
      return withSent({ ...LOGGED_OUT, proof: state.proof, login: { kind: 'user', userId: call[1].userId } }, call[1])
    case 'updateUser':
      return withSent(state, call[1])
    case 'logEvent':
      return state
  }
}

function withSent(state: SdkState, { customAttributes = {}, ...attributes }: UserAttributes): SdkState {
  const sent = new Map(state.sent)
  for (const [name, value] of Object.entries(customAttributes)) sent.set(CUSTOM + name, toJson(value))
  for (const [name, value] of Object.entries(attributes)) sent.set(OWN + name, toJson(value))
  const { companies } = attributes
  return {
    ...state,
    sent,
    companies: companies ? new Map(companies.map((company) => [company.id, company])) : state.companies
  }
}
