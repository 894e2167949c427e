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
 * A person as the Messenger expects them: one flat object, in which custom attributes never overwrite Intercom's own
 * keys. Adds a loss for what the Messenger does not accept.
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
 * Intercom requires an https:// address for a picture (developers.intercom.com, web/attributes-objects). The page's own
 * host supports https if the page was loaded over it.
 */
function toSecureUrl(address: string): string | undefined {
  const url = new URL(address)
  if (url.protocol === 'https:') return address
  const page: unknown = readForeign(window, 'location')
  const isOwnHost = readForeign(page, 'protocol') === 'https:' && readForeign(page, 'host') === url.host
  return isOwnHost ? `https${address.slice('http'.length)}` : undefined
}

/** A company as the Messenger expects it. `remove` is sent only if it is true. */
export function toMessengerCompany({ custom, remove, ...known }: Company): MessengerCompany {
  return { ...custom, ...known, ...(remove && { remove }) }
}

/** Every update carries the page's own launcher, because it may be added to the page after the boot. */
export function toMessengerWidget(settings: Settings) {
  const activator = toCustomActivator(settings)
  return withoutUndefined({ widget: activator === undefined ? undefined : { activator } }) satisfies UpdateBody
}

/** An update with these keys alone does not make Intercom notice that the person is active. */
const KEYS_WITHOUT_ACTIVITY = [...IDENTITY_KEYS, 'widget', 'hide_default_launcher']

/**
 * Intercom ignores an update that only names the person, unless it has a `last_request_at`. A mapped time is always sent;
 * without one, `now` is sent with exactly those updates.
 */
export function toLastRequestAt(body: UpdateBody, mapped: UnixSeconds | undefined, now: UnixSeconds | undefined) {
  const isIdentityAlone = Object.keys(body).every((key) => KEYS_WITHOUT_ACTIVITY.includes(key))
  return withoutUndefined({ last_request_at: mapped ?? (isIdentityAlone ? now : undefined) }) satisfies UpdateBody
}
