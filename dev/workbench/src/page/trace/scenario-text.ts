import type { Call, EventTrace, Json, JsonObject, LossInWords, Run, Side } from '../../contract'
import { readJson } from '../api'
import { toLiteral } from './literal-text'
import { findLatestTry, findMadeUpIds, toOperation, withoutMadeUpIds } from './operation-text'

type Named = readonly [name: string, value: Json]

/** The event and its result as an example for `dev/scenarios`: an object literal of type `Scenario`. */
export function toScenarioText(trace: EventTrace): string {
  const { event, web, cloud, row } = trace
  const ids = findMadeUpIds(trace)
  const requests = findLatestTry(trace)
  const last = requests.at(-1)?.body
  const entries: Named[] = [
    ['title', `${row.name === '' ? row.type : row.name}: what becomes of it`],
    ['defects', []],
    ['events', [toBookEvent(event)]],
    ...(ran(web) ? [['messenger', callsOf(web).map(toMessengerCall)] as const] : []),
    ...(ran(cloud) ? [['requests', requests.map((call) => toOperation(call, ids))] as const] : []),
    ...(last === undefined || last === null ? [] : [['lastBody', withoutMadeUpIds(last, ids)] as const]),
    ...(cloud.outcome.state === 'failed' ? [['rejected', cloud.outcome.reason ?? ''] as const] : []),
    ...toLosses(web, cloud, ({ losses }) => losses, ['losses', 'messengerLosses', 'requestLosses']),
    ...toLosses(web, cloud, ({ doubtful }) => doubtful, ['doubtful', 'messengerDoubtful', 'requestDoubtful'])
  ]
  const lines = entries.map(([name, value]) => `  ${name}: ${toLiteral(value, 1, name.length + 2)}`)
  return `{\n${lines.join(',\n')}\n}\n`
}

/** The event fields of an example. Fields that Segment adds are left out. */
const BOOK_KEYS = [
  'type',
  'messageId',
  'userId',
  'anonymousId',
  'groupId',
  'event',
  'name',
  'timestamp',
  'traits',
  'properties',
  'context',
  'integrations'
]

function toBookEvent(event: JsonObject): JsonObject {
  const keys = BOOK_KEYS.filter((key) => Object.hasOwn(event, key))
  return Object.fromEntries(keys.map((key) => [key, event[key] ?? null]))
}

const ran = ({ subscriptions }: Side): boolean => subscriptions.some(({ run }) => run !== undefined)

const callsOf = ({ subscriptions }: Side): readonly Call[] => subscriptions.flatMap(({ run }) => run?.calls ?? [])

/** `Intercom('trackEvent', "Paid")` and its body are `['trackEvent', 'Paid', { … }]` there. */
function toMessengerCall({ call, body }: Call): Json {
  const [, command = call, name] = /^Intercom\('([^']*)'(?:, (".*"))?\)$/s.exec(call) ?? []
  return [command, ...(name === undefined ? [] : [readJson<Json>(name)]), ...(body === null ? [] : [body])]
}

/** One property where the halves agree, else one for each half. */
function toLosses(
  web: Side,
  cloud: Side,
  read: (run: Run) => readonly LossInWords[],
  [both, onWeb, onCloud]: readonly [string, string, string]
): readonly Named[] {
  const [messenger, requests] = [web, cloud].map(({ subscriptions }) =>
    subscriptions.flatMap(({ run }) => (run ? read(run) : [])).map(({ path, reason }): Json => ({ path, reason }))
  )
  if (!messenger || !requests) return []
  const isSame = JSON.stringify(messenger) === JSON.stringify(requests)
  const named: readonly Named[] =
    isSame || !ran(web) || !ran(cloud)
      ? [[both, ran(cloud) ? requests : messenger]]
      : [
          [onWeb, messenger],
          [onCloud, requests]
        ]
  return named.filter(([, losses]) => Array.isArray(losses) && losses.length > 0)
}
