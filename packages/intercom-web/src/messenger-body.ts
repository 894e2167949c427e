import {
  withoutUndefined,
  type BuiltContact,
  type Company,
  type UnixSeconds
} from '@intercom-destinations/shared-mapping'
import { toCustomActivator } from './boot-settings'
import type { Settings } from './generated-types'
import { readForeign } from './intercom-call'
import type { PageLoss } from './losses'
import { IDENTITY_KEYS } from './merged-update'
import type { MessengerCompany, UpdateBody } from './messenger'

/**
 * A person in the Messenger's words: one flat object, in which the customer's own names never win over ours. Adds to the
 * losses what the Messenger does not take.
 */
export function toMessengerContact(contact: Omit<BuiltContact, 'losses'>, losses: PageLoss[]): UpdateBody {
  const { identity, custom, company, companies } = contact
  const { signed_up_at, avatar: picture, ...attributes } = contact.attributes
  const avatar = picture === undefined ? undefined : toSecureUrl(picture)
  if (picture !== avatar && avatar === undefined) losses.push({ path: 'avatar', reason: 'not-https' })
  return {
    ...custom,
    ...attributes,
    ...withoutUndefined({
      user_id: identity.kind === 'user' ? identity.external_id : undefined,
      email: identity.kind === 'unidentified' ? undefined : identity.email,
      created_at: signed_up_at,
      avatar: avatar === undefined ? undefined : { type: 'avatar' as const, image_url: avatar },
      company: company && toMessengerCompany(company),
      companies: companies.length === 0 ? undefined : companies.map(toMessengerCompany)
    })
  }
}

/**
 * Intercom wants the picture from an https:// address (developers.intercom.com, web/attributes-objects). The page's own
 * host is known to answer there when the page itself came from it.
 */
function toSecureUrl(address: string): string | undefined {
  const url = new URL(address)
  if (url.protocol === 'https:') return address
  const page: unknown = readForeign(window, 'location')
  const isOwnHost = readForeign(page, 'protocol') === 'https:' && readForeign(page, 'host') === url.host
  return isOwnHost ? `https${address.slice('http'.length)}` : undefined
}

/** A company in the Messenger's words. `remove` is said only where it is meant. */
export function toMessengerCompany({ custom, remove, ...known }: Company): MessengerCompany {
  return { ...custom, ...known, ...(remove && { remove }) }
}

/** The page's own launcher goes with every update: it may have come to the page after the boot. */
export function toMessengerWidget(settings: Settings) {
  const activator = toCustomActivator(settings)
  return withoutUndefined({ widget: activator === undefined ? undefined : { activator } }) satisfies UpdateBody
}

/** What Intercom shows or hides by it, it does not take for a sign of life. */
const UNNOTICED_KEYS = [...IDENTITY_KEYS, 'widget', 'hide_default_launcher']

/**
 * Intercom takes no notice of an update that says nothing but who the person is. It takes notice of `last_request_at`;
 * a mapped time always goes out, and where no time is mapped `now` goes out with exactly those updates.
 */
export function toPing(body: UpdateBody, mapped: UnixSeconds | undefined, now: UnixSeconds | undefined) {
  const isIdentityAlone = Object.keys(body).every((key) => UNNOTICED_KEYS.includes(key))
  return withoutUndefined({ last_request_at: mapped ?? (isIdentityAlone ? now : undefined) }) satisfies UpdateBody
}
