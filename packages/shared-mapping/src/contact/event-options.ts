import { readOrLose, type Loss, type LossReason } from '../losses'
import { toBoolean } from '../values/boolean'
import { toRecord, withoutUndefined } from '../values/record'

/** The name of the web half in Segment's catalog. It must not change: Analytics.js matches plugins by it. */
export const WEB_DESTINATION_NAME = 'Intercom Web (Actions)'

/** The names in `integrations` that carry options: the classic destination's, and that of the web half. */
const DESTINATION_NAMES = ['Intercom', WEB_DESTINATION_NAME, 'intercom']

/**
 * All spellings appear in Intercom's or Segment's documentation, each beside its own name; `unsubscribed` is the classic
 * destination's, `jwt` stands for the token in Intercom's mobile SDKs.
 */
const SPELLINGS = {
  user_hash: ['userHash'],
  intercom_user_jwt: ['intercomUserJwt', 'jwt'],
  hide_default_launcher: ['hideDefaultLauncher'],
  language_override: ['languageOverride'],
  unsubscribed_from_emails: ['unsubscribedFromEmails', 'unsubscribed']
} as const

type Option = keyof typeof SPELLINGS

/** The values of the mapping, of any type. */
type MappedOptions = Partial<Record<Option, unknown>>

/** The proof of identity from the mapping, or else from the event. */
export function toProof(mapped: MappedOptions, event: unknown, losses: Loss[]) {
  return withoutUndefined({
    user_hash: toOption('user_hash', mapped, event, toOptionText, 'not-text', losses),
    intercom_user_jwt: toOption('intercom_user_jwt', mapped, event, toOptionText, 'not-text', losses)
  })
}

/** Whether the launcher is hidden, from the mapping, or else from the event. */
export function toLauncherFlag(mapped: MappedOptions, event: unknown, losses: Loss[]) {
  return withoutUndefined({
    hide_default_launcher: toOption('hide_default_launcher', mapped, event, toBoolean, 'not-a-boolean', losses)
  })
}

/** The language and the e-mail consent of the person, from the mapping, or else from the event. */
export function toPersonOptions(mapped: MappedOptions, event: unknown, losses: Loss[]) {
  return withoutUndefined({
    language_override: toOption('language_override', mapped, event, toOptionText, 'not-text', losses),
    unsubscribed_from_emails: toOption('unsubscribed_from_emails', mapped, event, toBoolean, 'not-a-boolean', losses)
  })
}

/** A non-empty text. `integrations: { Intercom: false }` yields `false` at every path below it, which is none. */
function toOptionText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/**
 * Reads the option from the event if the mapping has no usable value. A mapping cannot do this by itself: the `false` of
 * `integrations: { Intercom: false }` exists, so an `@if` stops there.
 */
function toOption<T>(
  option: Option,
  mapped: MappedOptions,
  event: unknown,
  to: (value: unknown) => T | undefined,
  reason: LossReason,
  losses: Loss[]
): T | undefined {
  const { integrations, context } = toRecord(event) ?? {}
  const byName = toRecord(integrations) ?? {}
  const places = [...DESTINATION_NAMES.map((name) => byName[name]), toRecord(context)?.Intercom].map(toRecord)
  const carried = places.flatMap((place) => [option, ...SPELLINGS[option]].map((key) => place?.[key]))
  const found = [mapped[option], ...carried].map(to).find((value) => value !== undefined)
  if (found === undefined && mapped[option] !== false) readOrLose(losses, option, mapped[option], to, reason)
  return found
}
