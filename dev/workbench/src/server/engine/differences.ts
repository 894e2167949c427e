import type { Difference, LossInWords, Side } from '../../contract'
import { toShown } from './json'
import { toKey, toSentValues, type SentValue } from './sent-values'

const NOTHING = 'nothing'

/**
 * Identifiers of the person. The Messenger sends them with every call; the REST API has them in the path of a known
 * contact.
 */
const ADDRESS: ReadonlySet<string> = new Set(['external_id', 'company.company_id'])

const COMPANY = 'company.'

/**
 * The places where both halves ran and sent different values, in Intercom's terms. Differences of format do not count.
 */
export function toDifferences(web: Side, cloud: Side): Difference[] {
  const outcomes = toOutcomeDifferences(web, cloud)
  if (outcomes.length > 0) return outcomes
  const losses = toLossDifferences(lossesOf(web), lossesOf(cloud), { lost: 'lost', not: 'not lost' })
  const doubts = toLossDifferences(doubtsOf(web), doubtsOf(cloud), { lost: 'doubtful', not: 'not doubtful' })
  const named = new Set(losses.map(({ path }) => path))
  // A value that one half has lost is listed once.
  return [
    ...losses,
    ...doubts.filter(({ path }) => !named.has(path)),
    ...toValueDifferences(toSentValues(web), toSentValues(cloud)).filter(({ path }) => !named.has(path))
  ]
}

function toOutcomeDifferences({ outcome: web }: Side, { outcome: cloud }: Side): Difference[] {
  if (web.state === cloud.state) return []
  const toText = ({ state, reason }: Side['outcome']) => (reason === undefined ? state : `${state}: ${reason}`)
  return [{ path: 'outcome', web: toText(web), cloud: toText(cloud) }]
}

const lossesOf = ({ subscriptions }: Side): LossInWords[] => subscriptions.flatMap(({ run }) => run?.losses ?? [])

const doubtsOf = ({ subscriptions }: Side): LossInWords[] => subscriptions.flatMap(({ run }) => run?.doubtful ?? [])

function toLossDifferences(
  web: readonly LossInWords[],
  cloud: readonly LossInWords[],
  words: { readonly lost: string; readonly not: string }
): Difference[] {
  const isIn = (losses: readonly LossInWords[], { path, reason }: LossInWords) =>
    losses.some((other) => other.path === path && other.reason === reason)
  const onWeb = web.filter((loss) => !isIn(cloud, loss))
  const onCloud = cloud.filter((loss) => !isIn(web, loss))
  const paths = new Set([...onWeb, ...onCloud].map(({ path }) => path))
  const toText = (losses: readonly LossInWords[], path: string) => {
    const texts = losses.filter((loss) => loss.path === path).map(({ text }) => text)
    return texts.length === 0 ? words.not : `${words.lost}: ${texts.join('; ')}`
  }
  return [...paths].map((path) => ({ path, web: toText(onWeb, path), cloud: toText(onCloud, path) }))
}

function toValueDifferences(web: readonly SentValue[], cloud: readonly SentValue[]): Difference[] {
  const onWeb = new Map(web.map((sent) => [toKey(sent), sent]))
  const onCloud = new Map(cloud.map((sent) => [toKey(sent), sent]))
  const aboutOnCloud = new Set(cloud.map(({ about }) => about))
  const isSeveral = new Set([...web, ...cloud].map(({ about }) => about)).size > SUBJECTS_OF_ONE_EVENT
  return [...new Map([...onWeb, ...onCloud])].flatMap(([key, { about, path }]): Difference[] => {
    const [left, right] = [onWeb.get(key), onCloud.get(key)]
    if (ADDRESS.has(path) && (!left || !right)) return []
    // A company whose values Intercom has confirmed is not sent again (docs/shared-state.md).
    if (path.startsWith(COMPANY) && !aboutOnCloud.has(about)) return []
    const [shownWeb, shownCloud] = [left, right].map((sent) => (sent ? toShown(sent.value) : NOTHING))
    if (
      shownWeb === undefined ||
      shownCloud === undefined ||
      JSON.stringify(left?.value) === JSON.stringify(right?.value)
    )
      return []
    return [{ path: isSeveral ? `${path} (${about})` : path, web: shownWeb, cloud: shownCloud }]
  })
}

/** The path alone is unambiguous for a person, a company and an event. */
const SUBJECTS_OF_ONE_EVENT = 2
