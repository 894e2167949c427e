import { isAbsent, readOrLose, toText, type Loss } from '@intercom-destinations/shared-mapping'
import type { PageLoss } from '../losses'
import type { ShowCall } from '../messenger'
import type { Payload } from './generated-types'

type NeedyMethod = Extract<ShowCall, [string, string]>[0]
type Need = 'space' | 'content_id' | 'text'

/** Intercom's method for each command, and what it cannot do without (developers.intercom.com, web/methods). */
const NEEDY_COMMANDS: ReadonlyMap<unknown, readonly [NeedyMethod, Need]> = new Map([
  ['show_space', ['showSpace', 'space']],
  ['start_conversation', ['startConversation', 'text']],
  ['show_article', ['showArticle', 'content_id']],
  ['show_news', ['showNews', 'content_id']],
  ['start_survey', ['startSurvey', 'content_id']],
  ['start_tour', ['startTour', 'content_id']],
  ['start_checklist', ['startChecklist', 'content_id']],
  ['show_ticket', ['showTicket', 'content_id']],
  ['show_conversation', ['showConversation', 'content_id']]
])

interface BuiltCommand {
  call?: ShowCall
  losses: PageLoss[]
}

/** The call that a command means; none, and a loss, where something is missing. Accepts anything. */
export function buildCommand(payload: { [key in keyof Payload]?: unknown }): BuiltCommand {
  const losses: Loss[] = []
  const read = (field: Need) => readOrLose(losses, field, payload[field], toText, 'not-text')
  const { command } = payload
  if (command === 'show' || command === 'hide') return { call: [command], losses }
  if (command === 'hide_notifications' || command === 'show_notifications')
    return { call: ['hideNotifications', command === 'hide_notifications'], losses }
  if (command === 'new_message') {
    const text = read('text')
    return { call: text === undefined ? ['showNewMessage'] : ['showNewMessage', text], losses }
  }
  const needy = NEEDY_COMMANDS.get(command)
  if (!needy) return { losses: [{ path: 'command', reason: isAbsent(command) ? 'missing' : 'not-a-command' }] }
  const [method, need] = needy
  if (isAbsent(payload[need])) return { losses: [{ path: need, reason: 'missing' }] }
  const what = read(need)
  return what === undefined ? { losses } : { call: [method, what], losses }
}
