import type { Half, LossInWords, Side } from '../../contract'
import { toTries } from './tries'

const toCount = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

/** `2nd`, for an attempt. */
export function toOrdinal(count: number): string {
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[count % 10]
  return `${count}${ending === undefined || [11, 12, 13].includes(count % 100) ? 'th' : ending}`
}

/** Why a value was left out or is doubtful, without its name in front. */
export function toReason({ path, text }: LossInWords): string {
  const openings = [`${path} was left out: `, `${path} was sent, but: `]
  const opening = openings.find((one) => text.startsWith(one)) ?? ''
  return text.slice(opening.length)
}

/** The outcome of one half in one sentence. */
export function toOutcomeSentence(half: Half, side: Side): string {
  const { outcome, subscriptions } = side
  const because = outcome.reason === undefined ? '.' : `: ${withoutFullStop(outcome.reason)}.`
  switch (outcome.state) {
    case 'waiting':
      return 'On its way: its turn has not come, or Intercom has not answered yet.'
    case 'delivered': {
      const runs = subscriptions.flatMap(({ run }) => run ?? [])
      const tries = Math.max(1, ...runs.map(({ calls }) => toTries(calls).size))
      const again = tries > 1 ? ` on the ${toOrdinal(tries)} try` : ''
      const lost = toLossText(
        runs.flatMap(({ losses }) => losses),
        ['was left out', 'were left out']
      )
      const doubtful = toLossText(
        runs.flatMap((run) => run.doubtful),
        ['was sent with a doubt', 'were sent with a doubt']
      )
      return `${toDelivery(half, outcome.calls)}${again}${lost}${doubtful}.`
    }
    case 'nothing-sent': {
      const lost = toLossText(
        subscriptions.flatMap(({ run }) => run?.losses ?? []),
        ['was left out', 'were left out']
      )
      return `A subscription takes it, but nothing was sent: it has nothing that Intercom could take, or the same was sent before${lost}.`
    }
    case 'retrying':
      return `Not delivered yet${because}`
    case 'failed':
      return `Refused for good${because}`
    case 'unmatched':
      return 'No subscription takes it, so nothing was sent.'
    case 'kept-away':
      return 'The event itself keeps this destination away, by its “integrations”.'
    case 'off':
      return half === 'cloud'
        ? 'Nothing was sent: the destination is switched off, or no Intercom is connected.'
        : 'Nothing was sent: the destination is switched off.'
  }
}

function toDelivery(half: Half, calls: number): string {
  return half === 'cloud'
    ? `Delivered to Intercom with ${toCount(calls, 'request')}`
    : `Told to the Messenger with ${toCount(calls, 'call')}`
}

function toLossText(losses: readonly LossInWords[], [one, many]: readonly [string, string]): string {
  if (losses.length === 0) return ''
  const byReason = new Map<string, string[]>()
  for (const loss of losses) {
    const reason = toReason(loss)
    byReason.set(reason, [...(byReason.get(reason) ?? []), loss.path])
  }
  const groups = [...byReason].map(([reason, paths]) => `${listed(paths)}, because ${reason}`)
  return `; ${toCount(losses.length, 'value')} ${losses.length === 1 ? one : many}: ${groups.join('; ')}`
}

const withoutFullStop = (text: string): string => text.replace(/\.\s*$/, '')
