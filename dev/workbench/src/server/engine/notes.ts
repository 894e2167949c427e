import type { Outcome, Side } from '../../contract'
import type { EventRecord } from './event-record'

/** What a reader needs to know to understand a trace. */
export function toNotes({
  remarks,
  prepared,
  web,
  cloud,
  affected
}: Pick<EventRecord, 'remarks' | 'prepared' | 'web' | 'cloud' | 'affected'>): string[] {
  const hasNotRun = ['off', 'kept-away', 'unmatched'].includes(web.outcome.state)
  return [
    ...(hasNotRun ? [] : remarks),
    ...prepared.notes,
    ...aboutHalf(web),
    ...aboutHalf(cloud),
    ...aboutCloud(cloud, affected !== undefined)
  ]
}

function aboutHalf({ destination, outcome }: Side): string[] {
  if (outcome.state === 'off') return [`${destination} was left out. ${outcome.reason ?? ''}`.trim()]
  if (outcome.state === 'kept-away') return [`The event’s own integrations keep it away from ${destination}.`]
  return []
}

function aboutCloud({ outcome }: Side, isEmulated: boolean): string[] {
  return [...(outcome.state === 'retrying' ? [RETRYING] : []), ...(isDone(outcome) && !isEmulated ? [NOT_SEEN] : [])]
}

const RETRYING =
  'Segment would go on trying by itself. Here it is tried again when the person appears, when Intercom takes something again, when a trouble is switched off, and when you ask for it.'
const NOT_SEEN = 'It went to a workspace at Intercom, so what that holds now is not shown here.'

const isDone = ({ state }: Outcome): boolean => state === 'delivered' || state === 'failed'
