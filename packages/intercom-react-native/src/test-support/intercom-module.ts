/**
 * Stands for the native `IntercomModule` of @intercom/intercom-react-native 10.7.1, of which there is none without a phone.
 * Method names, argument checks and codes are those of its Java and Objective-C sources, the stricter of the two. One rule
 * is assumed: a second user is refused until the first has logged out.
 */

type Method =
  | 'loginUnidentifiedUser'
  | 'loginUserWithUserAttributes'
  | 'logout'
  | 'setUserHash'
  | 'setUserJwt'
  | 'updateUser'
  | 'logEvent'
  | 'isUserLoggedIn'
  | 'fetchLoggedInUserAttributes'

type NativeLogin = { userId?: string; email?: string } | undefined

interface PhoneOptions {
  /** The login that the SDK has kept from an earlier start of the app. `{}` is an unidentified person. */
  login?: NativeLogin
  /** How many turns of the event loop the answer to a call takes. */
  turns?: (method: string, count: number) => number
  /** The methods that are rejected, each with its code. A list of codes is used up by one call after the other. */
  rejects?: Partial<Record<Method, string | (string | undefined)[]>>
  /** The methods that are never answered. */
  silent?: readonly Method[]
}

interface Phone {
  options: PhoneOptions
  login: NativeLogin
  /** The calls that change something, in order. */
  calls: unknown[][]
  /** The events that were accepted, each with the login at that time. */
  events: { name: unknown; login: NativeLogin }[]
  /** Calls that the module refused by itself, because of who is logged in. */
  refusals: string[]
  /** The questions about the login, in order. */
  reads: string[]
  /** The paths of values that the bridge would have dropped, or would have ended the app with. */
  misfits: string[]
}

const startPhone = (options: PhoneOptions = {}): Phone => ({
  options,
  login: options.login,
  calls: [],
  events: [],
  refusals: [],
  reads: [],
  misfits: []
})

let phone = startPhone()

/** A phone with nothing recorded. */
export function newPhone(options: PhoneOptions = {}): Phone {
  phone = startPhone(options)
  return phone
}

class NativeError extends Error {
  constructor(
    readonly code: string,
    message: string
  ) {
    super(message)
  }
}

function refuse(code: string, message: string): never {
  phone.refusals.push(message)
  throw new NativeError(code, message)
}

/** `IntercomErrorCodes.java`. */
const CODES = { UNIDENTIFIED_REGISTRATION: '101', IDENTIFIED_REGISTRATION: '102', UPDATE_USER: '104' }

async function answer(method: Method, args: unknown[], run: () => unknown): Promise<unknown> {
  const at = phone
  at.calls.push([method, ...args])
  const { turns, rejects = {}, silent = [] } = at.options
  if (silent.includes(method)) return new Promise(() => undefined)
  for (let turn = turns?.(method, at.calls.length) ?? 0; turn > 0; turn -= 1)
    await new Promise((resolve) => setImmediate(resolve))
  const planned = rejects[method]
  const code = Array.isArray(planned) ? planned.shift() : planned
  if (code !== undefined) throw new NativeError(code, `native message of ${method}`)
  run()
  return true
}

function ask(method: Method, answered: unknown): Promise<unknown> {
  phone.reads.push(method)
  if (phone.options.silent?.includes(method)) return new Promise(() => undefined)
  return phone.options.rejects?.[method] === undefined
    ? Promise.resolve(answered)
    : Promise.reject(new Error('native message'))
}

export const intercomModule = {
  loginUnidentifiedUser: () =>
    answer('loginUnidentifiedUser', [], () => {
      if (isUser(phone.login)) refuse(CODES.UNIDENTIFIED_REGISTRATION, 'a user is logged in')
      phone.login = {}
    }),
  loginUserWithUserAttributes: (attributes: unknown) =>
    answer('loginUserWithUserAttributes', [attributes], () => {
      const { userId, email } = checkAttributes(attributes)
      if (userId === undefined && email === undefined) refuse(CODES.IDENTIFIED_REGISTRATION, 'Invalid userId or email')
      if (isUser(phone.login) && phone.login?.userId !== userId)
        refuse(CODES.IDENTIFIED_REGISTRATION, 'another user is logged in')
      phone.login = { ...(userId !== undefined && { userId }), ...(email !== undefined && { email }) }
    }),
  logout: () =>
    answer('logout', [], () => {
      phone.login = undefined
    }),
  setUserHash: (hash: unknown) => answer('setUserHash', [hash], () => checkText(hash, 'hash')),
  setUserJwt: (jwt: unknown) => answer('setUserJwt', [jwt], () => checkText(jwt, 'jwt')),
  updateUser: (attributes: unknown) =>
    answer('updateUser', [attributes], () => {
      checkAttributes(attributes)
      if (phone.login === undefined) refuse(CODES.UPDATE_USER, 'no user is logged in')
    }),
  logEvent: (name: unknown, metadata: unknown) =>
    answer('logEvent', metadata === undefined ? [name] : [name, metadata], () => {
      checkText(name, 'event name')
      if (metadata !== undefined) checkScalars(metadata, 'metadata')
      phone.events.push({ name, login: phone.login })
    }),
  isUserLoggedIn: () => ask('isUserLoggedIn', phone.login !== undefined),
  fetchLoggedInUserAttributes: () => ask('fetchLoggedInUserAttributes', phone.login ?? {})
}

function isUser(login: NativeLogin): boolean {
  return login?.userId !== undefined || login?.email !== undefined
}

/** `buildUserAttributes` of `IntercomHelpers.java`, and `userAttributesForDictionary` of `IntercomAttributesBuilder.m`. */
function checkAttributes(attributes: unknown): { userId?: string; email?: string } {
  const { customAttributes, companies, signedUpAt, unsubscribedFromEmails, ...texts } = toFields(attributes)
  for (const [key, value] of Object.entries(texts)) {
    if (['userId', 'email', 'name', 'phone', 'languageOverride'].includes(key)) checkText(value, key)
    else phone.misfits.push(key)
  }
  checkInteger(signedUpAt, 'signedUpAt')
  if (unsubscribedFromEmails !== undefined && typeof unsubscribedFromEmails !== 'boolean')
    phone.misfits.push('unsubscribedFromEmails')
  if (customAttributes !== undefined) checkScalars(customAttributes, 'customAttributes')
  if (companies !== undefined && !Array.isArray(companies)) phone.misfits.push('companies')
  else for (const company of [companies ?? []].flat()) checkCompany(company)
  const { userId, email } = texts
  return {
    ...(typeof userId === 'string' && userId !== '' && { userId }),
    ...(typeof email === 'string' && email !== '' && { email })
  }
}

/** `buildCompany` of `IntercomHelpers.java`, which leaves out a company without an id. */
function checkCompany(company: unknown): void {
  const { id, customAttributes, createdAt, monthlySpend, ...texts } = toFields(company)
  checkText(id, 'company.id')
  for (const [key, value] of Object.entries(texts)) {
    if (key === 'name' || key === 'plan') checkText(value, `company.${key}`)
    else phone.misfits.push(`company.${key}`)
  }
  checkInteger(createdAt, 'company.createdAt')
  checkInteger(monthlySpend, 'company.monthlySpend')
  if (customAttributes !== undefined) checkScalars(customAttributes, 'company.customAttributes')
}

/** `deconstructReadableMap`, which keeps only single values. */
function checkScalars(value: unknown, path: string): void {
  for (const [key, one] of Object.entries(toFields(value)))
    if (one !== null && !['string', 'boolean', 'number'].includes(typeof one)) phone.misfits.push(`${path}.${key}`)
}

/** `getString` throws for anything else. */
function checkText(value: unknown, path: string): void {
  if (typeof value !== 'string' || value === '') phone.misfits.push(path)
}

/** `getInt` has 32 bits. */
function checkInteger(value: unknown, path: string): void {
  if (value !== undefined && (!Number.isInteger(value) || Math.abs(Number(value)) > 2_147_483_647))
    phone.misfits.push(path)
}

function toFields(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  phone.misfits.push('object')
  return {}
}
