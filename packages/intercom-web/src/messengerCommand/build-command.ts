import { isAbsent, readOrLose, toSnakeCase, toText, type Loss } from '@intercom-destinations/shared-mapping'
import type { PageLoss } from '../losses'
import type { ShowCall } from '../messenger'
import type { Payload } from './generated-types'

type MethodWithArgument = Extract<ShowCall, [string, string]>[0]
type Argument = 'space' | 'content_id' | 'text'

/** Intercom's methods, and the field that each requires (developers.intercom.com, web/methods). */
const METHODS_WITH_ARGUMENT: readonly (readonly [MethodWithArgument, Argument])[] = [
  ['showSpace', 'space'],
  ['startConversation', 'text'],
  ['showArticle', 'content_id'],
  ['showNews', 'content_id'],
  ['startSurvey', 'content_id'],
  ['startTour', 'content_id'],
  ['startChecklist', 'content_id'],
  ['showTicket', 'content_id'],
  ['showConversation', 'content_id']
]

interface BuiltCommand {
  call?: ShowCall
  losses: PageLoss[]
}

/** Builds the call of a command; without a call, but with a loss, if something is missing. Accepts any value. */
export function buildCommand(payload: { [key in keyof Payload]?: unknown }): BuiltCommand {
  const losses: Loss[] = []
  const read = (field: Argument) => readOrLose(losses, field, payload[field], toText, 'not-text')
  const { command } = payload
  if (command === 'show' || command === 'hide') return { call: [command], losses }
  if (command === 'hide_notifications' || command === 'show_notifications')
    return { call: ['hideNotifications', command === 'hide_notifications'], losses }
  if (command === 'new_message') {
    const text = read('text')
    return { call: text === undefined ? ['showNewMessage'] : ['showNewMessage', text], losses }
  }
  const found = METHODS_WITH_ARGUMENT.find(([method]) => toSnakeCase(method) === command)
  if (!found) return { losses: [{ path: 'command', reason: isAbsent(command) ? 'missing' : 'not-a-command' }] }
  const [method, field] = found
  if (isAbsent(payload[field])) return { losses: [{ path: field, reason: 'missing' }] }
  const argument = read(field)
  return argument === undefined ? { losses } : { call: [method, argument], losses }
}
