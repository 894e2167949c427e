import type {
  ChoicesRequest,
  ConnectRequest,
  Json,
  JsonObject,
  PreviewRequest,
  Problem,
  Submission,
  SubmittedLine
} from '../../contract'
import { toHalf } from '../configuration/configuration'
import { isTooDeep, TOO_DEEP } from './nesting'
import { isJsonObject } from '../../json-guards'

/** Readers of request bodies: each returns the value, or its problem. */
export type Read<Value> = { readonly value: Value } | { readonly problem: Problem }

export const wrong = (path: string, message: string): { problem: Problem } => ({ problem: { path, message } })

export const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

const UNREADABLE = ['too-long', 'not-utf-8', 'other-cells'] as const
/** A name of a file, and a number in it. */
const LONGEST_PLACE = 300

export function readSubmission({ source, lines, places, run }: JsonObject): Read<Submission> {
  const read = Array.isArray(lines) ? lines.map(readLine) : []
  if (!Array.isArray(lines) || !read.every((line) => line !== undefined))
    return wrong('lines', 'A list of texts was expected, each an event as JSON.')
  const placed = Array.isArray(places) ? places.filter((place) => typeof place === 'string') : []
  if (places !== undefined && placed.length !== lines.length)
    return wrong('places', 'A place was expected for each line.')
  return {
    value: {
      source: source === 'file' ? 'file' : 'editor',
      lines: read,
      places: placed.map((place) => place.slice(0, LONGEST_PLACE)),
      ...(isText(run) ? { run } : {})
    }
  }
}

function readLine(line: Json): SubmittedLine | undefined {
  if (typeof line === 'string') return line
  const unreadable = UNREADABLE.find((one) => isJsonObject(line) && one === line.unreadable)
  return unreadable && { unreadable }
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
