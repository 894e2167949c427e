import { bodyOf, param, type Answer, type Call } from '../http/call'
import { activeContact } from '../model/contact-rules'
import type { Subscription, SubscriptionType } from '../model/entities'
import { parameterInvalid, resourceNotFound } from '../http/errors'
import { formatSubscriptionType } from '../model/format'
import { parameterMissing } from '../model/assumed-validation'
import { refuseUnknown } from '../model/validate'
import type { Workspace } from '../model/workspace'
import { ok, route } from './route'

const PARAMETERS = new Map([
  ['id', '2.0'],
  ['consent_type', '2.0']
])

const listTypes = (_call: Call, { store }: Workspace): Answer =>
  ok({ type: 'list', data: [...store.subscriptionTypes.values()].map(formatSubscriptionType) })

const typesOf = (subscriptions: readonly Subscription[], { store }: Workspace): SubscriptionType[] =>
  subscriptions.flatMap(({ id }) => store.subscriptionTypes.get(id) ?? [])

const listSubscriptions = (call: Call, workspace: Workspace): Answer => {
  const { subscriptions } = activeContact(param(call, 'id'), call.version, workspace)
  return ok({ type: 'list', data: typesOf(subscriptions, workspace).map(formatSubscriptionType) })
}

/** Attaching an opt-out type opts the contact out of it, attaching an opt-in type opts it in (S2.16). */
const attachSubscription = (call: Call, workspace: Workspace): Answer => {
  const { store } = workspace
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const body = bodyOf(call)
  refuseUnknown(body, PARAMETERS, call.version)
  const { id, consent_type } = body
  if (id === undefined) throw parameterMissing('id not specified')
  if (consent_type === undefined) throw parameterMissing('consent_type not specified')
  if (consent_type !== 'opt_in' && consent_type !== 'opt_out') {
    throw parameterInvalid('consent_type must be opt_in or opt_out')
  }
  // S2.16's own examples send the id as a number.
  const type = typeof id === 'string' || typeof id === 'number' ? store.subscriptionTypes.get(String(id)) : undefined
  if (!type) throw resourceNotFound()
  // GUESS: a consent that does not fit the type is refused.
  if (type.consent_type !== consent_type) {
    throw parameterInvalid(`The consent_type of this subscription is ${type.consent_type}`)
  }
  const others = contact.subscriptions.filter((one) => one.id !== type.id)
  store.putContact({ ...contact, subscriptions: [...others, { id: type.id, consent_type }] })
  return ok(formatSubscriptionType(type))
}

const detachSubscription = (call: Call, workspace: Workspace): Answer => {
  const { store } = workspace
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const type = store.subscriptionTypes.get(param(call, 'subscription_id'))
  const attached = contact.subscriptions.find(({ id }) => id === type?.id)
  if (!type || !attached) throw resourceNotFound()
  store.putContact({ ...contact, subscriptions: contact.subscriptions.filter((one) => one !== attached) })
  return ok(formatSubscriptionType(type))
}

export const subscriptionRoutes = [
  route('GET /subscription_types', listTypes),
  route('GET /contacts/{id}/subscriptions', listSubscriptions),
  route('POST /contacts/{id}/subscriptions', attachSubscription),
  route('DELETE /contacts/{id}/subscriptions/{subscription_id}', detachSubscription)
]
