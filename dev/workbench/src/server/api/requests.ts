import type { ChoicesRequest, ConnectRequest, JsonObject, PreviewRequest, Problem, Submission } from '../../contract'
import { toHalf } from '../configuration/configuration'
import { isTooDeep, TOO_DEEP } from './nesting'
import { isJsonObject } from '../../json-guards'

/** Readers of request bodies: each returns the value, or its problem. */
export type Read<Value> = { readonly value: Value } | { readonly problem: Problem }

const wrong = (path: string, message: string): { problem: Problem } => ({ problem: { path, message } })

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

export function readSubmission({ source, lines }: JsonObject): Read<Submission> {
  if (!Array.isArray(lines) || !lines.every((line) => typeof line === 'string'))
    return wrong('lines', 'A list of texts was expected, each an event as JSON.')
  return { value: { source: source === 'file' ? 'file' : 'editor', lines } }
}

export function readConnectRequest({ to, clientId, clientSecret, token, region }: JsonObject): Read<ConnectRequest> {
  if (to === 'emulator') return { value: { to } }
  const where = isText(region) ? region : 'auto'
  if (to === 'app') {
    if (!isText(clientId)) return wrong('clientId', 'The client ID of your app is needed.')
    if (!isText(clientSecret)) return wrong('clientSecret', 'The client secret of your app is needed.')
    return { value: { to, clientId: clientId.trim(), clientSecret: clientSecret.trim(), region: where } }
  }
  if (to !== 'token') return wrong('to', 'It connects to emulator, app or token.')
  if (!isText(token)) return wrong('token', 'The access token of the workspace is needed.')
  return { value: { to, token: token.trim(), region: where } }
}

export function readPreviewRequest({ half, subscription, event }: JsonObject): Read<PreviewRequest> {
  const known = toHalf(typeof half === 'string' ? half : '')
  if (!known) return wrong('half', 'It is either web or cloud.')
  if (!isJsonObject(event)) return wrong('event', 'An event is an object.')
  if (isTooDeep([event, subscription])) return wrong('event', `This cannot be previewed: ${TOO_DEEP}.`)
  if (!isJsonObject(subscription)) return wrong('subscription', 'A subscription is an object.')
  const { name, partnerAction, enabled, subscribe, mapping } = subscription
  return {
    value: {
      half: known,
      event,
      subscription: {
        name: typeof name === 'string' ? name : '',
        partnerAction: typeof partnerAction === 'string' ? partnerAction : '',
        enabled: enabled !== false,
        subscribe: typeof subscribe === 'string' ? subscribe : '',
        mapping: isJsonObject(mapping) ? mapping : {}
      }
    }
  }
}

export function readChoicesRequest({ action, field, keys }: JsonObject): Read<ChoicesRequest> {
  if (!isText(action) || !isText(field)) return wrong('', 'An action and a field were expected.')
  return { value: { action, field, keys: keys === true } }
}
