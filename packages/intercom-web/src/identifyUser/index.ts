import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import {
  buildContact,
  contactFields,
  path,
  readTimeOrLose,
  readTraits,
  toLauncherFlag,
  toPersonOptions,
  toProof,
  toUnixSeconds,
  withDefault,
  type Loss
} from '@intercom-destinations/shared-mapping'
import type { Settings } from '../generated-types'
import { reportLosses, type PageLoss } from '../losses'
import { toMessengerContact, toMessengerWidget, toLastRequestAt } from '../messenger-body'
import type { MessengerSession } from '../messenger-session'
import { toCompanySource, toContactSource } from '../field-sources'
import type { Payload } from './generated-types'

const action: BrowserActionDefinition<Settings, MessengerSession | undefined, Payload> = {
  title: 'Identify User',
  description: 'Tell Intercom who is on the page, and that they are active.',
  platform: 'web',
  defaultSubscription: 'type = "identify" or type = "page"',
  fields: {
    user_id: contactFields.user_id,
    custom_traits: contactFields.custom_traits,
    name: contactFields.name,
    phone: contactFields.phone,
    // `toChoices` looks for the other spellings in the event; a condition for each would cost the page time on every call.
    unsubscribed_from_emails: withDefault(
      contactFields.unsubscribed_from_emails,
      path('$.context.Intercom.unsubscribedFromEmails')
    ),
    language_override: contactFields.language_override,
    email: contactFields.email,
    created_at: contactFields.created_at,
    avatar_image_url: contactFields.avatar,
    user_hash: contactFields.user_hash,
    intercom_user_jwt: contactFields.intercom_user_jwt,
    company: contactFields.company,
    companies: contactFields.companies,
    hide_default_launcher: contactFields.hide_default_launcher,
    last_request_at: contactFields.last_request_at,
    include_context: contactFields.include_context,
    context_attributes: contactFields.context_attributes
  },
  perform: (messenger, { payload, settings, context, mapping }) => {
    if (!messenger) return
    const { event } = context
    const source = toContactSource(mapping, 'custom_traits')
    const optionLosses: Loss[] = []
    const { losses, ...contact } = buildContact(
      {
        external_id: payload.user_id,
        email: payload.email,
        phone: payload.phone,
        name: payload.name,
        avatar: payload.avatar_image_url,
        signed_up_at: payload.created_at,
        ...toPersonOptions(payload, event, optionLosses),
        custom_attributes: readTraits(optionLosses, payload.custom_traits, { event, mapping, source }),
        include_context: payload.include_context,
        context_attributes: payload.context_attributes,
        company: payload.company,
        companies: payload.companies
      },
      {
        custom_attributes: source,
        company: toCompanySource(mapping, 'company'),
        companies: toCompanySource(mapping, 'companies')
      }
    )
    losses.unshift(...optionLosses)
    if (contact.isPartialName) {
      delete contact.attributes.name
      losses.push({ path: 'name', reason: 'partial-name' })
    }
    const pageLosses: PageLoss[] = []
    const body = {
      ...toMessengerContact(contact, pageLosses),
      ...toProof(payload, event, losses),
      ...toLauncherFlag(payload, event, losses),
      ...toMessengerWidget(settings)
    }
    const mapped = readTimeOrLose(losses, 'last_request_at', payload.last_request_at)
    const now = readTimeOrLose([], 'timestamp', event.timestamp) ?? toUnixSeconds(Date.now())
    const occasion = event.type === 'page' || event.type === 'alias' ? event.type : 'person'
    messenger.update({ ...body, ...toLastRequestAt(body, mapped, now) }, occasion)
    reportLosses('identifyUser', [...losses, ...pageLosses], context, settings)
  }
}

export default action
