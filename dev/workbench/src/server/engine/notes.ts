import type { Outcome, Side } from '../../contract'
import type { EventRecord } from './event-record'

/** What a reader needs to know to understand a trace. */
export function toNotes({
  remarks,
  prepared,
  web,
  cloud,
  affected,
  refused = []
}: Pick<EventRecord, 'remarks' | 'prepared' | 'web' | 'cloud' | 'affected' | 'refused'>): string[] {
  const hasNotRun = ['off', 'kept-away', 'unmatched'].includes(web.outcome.state)
  return [
    ...(hasNotRun ? [] : remarks),
    ...refused.map((reason) => `Intercom refused the Messenger’s call: ${reason}.`),
    ...prepared.notes,
    ...aboutHalf(web),
    ...aboutHalf(cloud),
    ...aboutCloud(cloud, affected !== undefined)
  ]
}

function aboutHalf({ destination, outcome }: Side): string[] {
  if (outcome.state === 'off') return [`${destination} was left out. ${outcome.reason ?? ''}`.trim()]
  if (outcome.state === 'kept-away') return [`The event’s integrations exclude ${destination}.`]
  return []
}

function aboutCloud({ outcome }: Side, isEmulated: boolean): string[] {
  return [...(outcome.state === 'retrying' ? [RETRYING] : []), ...(isDone(outcome) && !isEmulated ? [NOT_SEEN] : [])]
}

const RETRYING =
  'Segment would keep retrying. The workbench retries when the person appears, when Intercom takes events again, when a fault is switched off, and on request.'
const NOT_SEEN = 'It was sent to a real Intercom workspace, whose data is not shown here.'

const isDone = ({ state }: Outcome): boolean => state === 'delivered' || state === 'failed'
