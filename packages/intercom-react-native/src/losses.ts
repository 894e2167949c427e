import { DOUBT_REASONS, isDoubtful, LOSS_REASONS, type Loss } from '@intercom-destinations/shared-mapping'

/** The reasons that exist only in an app, in addition to those of the shared mapping. */
const MOBILE_REASONS = {
  'not-on-mobile': "Intercom's mobile SDK cannot set it",
  'anonymous-off': 'the person has no user id, and the option trackAnonymous is off',
  'no-proof': 'the option secured is on, and no event carried the proof of this person (user_hash or jwt)',
  'queue-full': 'no login came, and too many calls wait for one',
  'person-left': 'the person logged out before the login succeeded',
  'not-accepted': "Intercom's SDK rejected the call"
} as const

export interface MobileLoss {
  /** The name of the value as in Intercom's REST API (`custom_attributes.address`), or of a lost event. Never a value. */
  path: string
  reason: Loss['reason'] | keyof typeof MOBILE_REASONS
}

export type CallType = 'identify' | 'group' | 'track' | 'screen' | 'alias'

export interface LossReport {
  /** The method of the Segment client. */
  type: CallType
  /** What Intercom did not get. `text` is the reason in words. */
  losses: readonly MobileLossInWords[]
  /** What was sent, but Intercom may ignore or change it. */
  doubtful: readonly MobileLossInWords[]
}

export type MobileLossInWords = MobileLoss & { text: string }

const REASONS = { ...LOSS_REASONS, ...DOUBT_REASONS, ...MOBILE_REASONS }

/** The report of an event, or `undefined` if nothing was lost. */
export function toLossReport(type: CallType, losses: readonly MobileLoss[]): LossReport | undefined {
  if (losses.length === 0) return undefined
  const inWords = losses.map((loss) => ({ ...loss, text: REASONS[loss.reason] }))
  return {
    type,
    losses: inWords.filter((loss) => !isDoubtful(loss)),
    doubtful: inWords.filter(isDoubtful)
  }
}

/** One sentence for each loss, for a log. */
export function toLossLines({ type, losses, doubtful }: LossReport): string[] {
  return [
    ...losses.map(({ path, text }) => `Intercom ${type}: ${path} was left out: ${text}`),
    ...doubtful.map(({ path, text }) => `Intercom ${type}: ${path} was sent, but: ${text}`)
  ]
}
