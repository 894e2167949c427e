import { signal } from '@preact/signals'
import { callAnalytics } from './load-analytics'
import { toCompanyTraits, toTraits, type Company, type Person } from './person'
import { askProof, askSecurity, isProving } from './proof'

/** A short description of the calls that one click has sent. */
export const sent = signal<readonly string[]>([])

/** Calls within this time belong to one click. */
const TOGETHER_MS = 800
const MOST = 3

let sentAt = 0

function show(text: string): void {
  const isOneClick = Date.now() - sentAt < TOGETHER_MS
  sentAt = Date.now()
  sent.value = isOneClick ? [...sent.value, text].slice(-MOST) : [text]
}

/** Identifies the person, with a proof of identity if the visitor has switched it on. */
export async function identify(person: Person): Promise<void> {
  const [userHash] = await Promise.all([isProving.value ? askProof(person.id) : undefined, askSecurity()])
  // A call of analytics names its destination by the full name (event-options.ts of the shared mapping finds it there).
  const options = userHash === undefined ? {} : { integrations: { 'Intercom Web (Actions)': { user_hash: userHash } } }
  callAnalytics('identify', person.id, toTraits(person), options)
  show(userHash === undefined ? `identify “${person.id}”` : `identify “${person.id}” with user_hash`)
}

export function track(event: string, properties: object): void {
  callAnalytics('track', event, properties)
  show(`track “${event}”`)
}

export function group(company: Company): void {
  callAnalytics('group', company.id, toCompanyTraits(company))
  show(`group “${company.id}”`)
}

export function page(name: string): void {
  callAnalytics('page', name)
  show(`page “${name}”`)
}

export function reset(): void {
  callAnalytics('reset')
  show('reset, which forgets the person')
}
