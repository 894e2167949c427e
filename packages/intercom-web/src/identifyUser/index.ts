import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import {
  buildIdentified,
  contactFields,
  identifyFields,
  MESSENGER_COMPANY_KEYS,
  MESSENGER_CONTACT_KEYS,
  nestedFields,
  readTimeOrLose,
  toLauncherFlag,
  toProof,
  toUnixSeconds,
  unnestContact
} from '@intercom-destinations/shared-mapping'
import type { Settings } from '../generated-types'
import { reportLosses, type PageLoss } from '../losses'
import { toMessengerContact, toMessengerWidget, toLastRequestAt } from '../messenger-body'
import type { ActionClient } from '../messenger-session'
import type { Payload } from './generated-types'

/** In the Messenger custom attributes stand at the top level, so they cannot have a name of the Messenger's own. */
const TAKEN_NAMES = { contact: MESSENGER_CONTACT_KEYS, company: MESSENGER_COMPANY_KEYS }

const action: BrowserActionDefinition<Settings, ActionClient, Payload> = {
  title: 'Identify User',
  description: 'Tell Intercom who is on the page, and that they are active.',
  platform: 'web',
  defaultSubscription: 'type = "identify" or type = "page"',
  fields: {
    ...identifyFields,
    hide_default_launcher: contactFields.hide_default_launcher,
    last_request_at: contactFields.last_request_at,
    nested_values: nestedFields.nested_values,
    include_context: contactFields.include_context,
    context_attributes: contactFields.context_attributes
  },
  perform: (messenger, { payload, settings, context, mapping }) => {
    if (!messenger) return
    const { event } = context
    const { losses, ...contact } = buildIdentified(payload, {
      ...{ event, mapping, taken: TAKEN_NAMES },
      toInput: (input, sources, found) => unnestContact(input, payload.nested_values, sources, found)
    })
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
