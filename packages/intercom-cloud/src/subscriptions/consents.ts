import { isAbsent, readOrLose, toBoolean, toRecord, toText, type Loss } from '@intercom-destinations/shared-mapping'
import { NOT_FOUND } from '../client/http-status'
import type { IntercomClient } from '../client/intercom-client'
import { hasStatus } from '../client/intercom-api-error'
import type { Consent, SubscriptionType } from '../client/types'
import { followMerged } from '../contacts/merge-leads'
import { runTurn, type CallContext } from '../state/call-context'
import { KnownValues, type UnchangedValues } from '../state/known-values'
import { toEntityName } from '../state/record-names'

/** What a person decided about one subscription type. */
export interface ConsentChange {
  /** The id or the name of the type, as the mapping has it. */
  name: string
  consent: Consent
  /** Time of the event in Unix seconds. */
  time?: number
}

/** The decisions of a person, by the name in lower case. The later of two events decides. */
export type Consents = ReadonlyMap<string, ConsentChange>

/** Reads `{ Newsletter: 'opt_out' }`. `true` and `false` are accepted for `opt_in` and `opt_out`. */
export function readConsents(losses: Loss[], value: unknown, time: number | undefined): Consents {
  const record = readOrLose(losses, FIELD, value, toRecord, 'not-an-object') ?? {}
  const consents = new Map<string, ConsentChange>()
  for (const [name, raw] of Object.entries(record)) {
    const consent = readOrLose(losses, toConsentPath(name), raw, toConsent, 'not-a-consent')
    const key = toKey(name)
    if (consent !== undefined && !isAbsent(key))
      consents.set(key, { name, consent, ...(time === undefined ? {} : { time }) })
  }
  return consents
}

const FIELD = 'subscriptions'

/** The path of a loss. */
export function toConsentPath(name: string): string {
  return `${FIELD}.${name}`
}

function toKey(name: string): string {
  return name.trim().toLowerCase()
}

function toConsent(value: unknown): Consent | undefined {
  const text = toText(value)?.trim().toLowerCase()
  if (text === 'opt_in' || text === 'opt_out') return text
  const isIn = toBoolean(value)
  return isIn === undefined ? undefined : isIn ? 'opt_in' : 'opt_out'
}

interface WriteOptions {
  unchanged: UnchangedValues
  /** Types that the workspace does not have are added here. */
  losses: Loss[]
}

/**
 * Writes the decisions of a person. Intercom stores a decision only where it differs from the default of the type, so the
 * other one takes it back. A decision that Intercom confirmed a short time ago, or that is older than the last one, is not
 * sent.
 */
export async function updateConsents(
  context: CallContext,
  contactId: string,
  consents: Consents,
  { unchanged, losses }: WriteOptions
): Promise<void> {
  for (const [key, change] of consents) {
    const type = await findType(context, key)
    if (!type) losses.push({ path: toConsentPath(change.name), reason: 'unknown-subscription' })
    // Two decisions of one person must not overlap, or the cache would be wrong.
    else
      await runTurn(context, { locked: [toEntityName('contact', contactId)] }, (turn) =>
        updateConsent(turn, contactId, type, { ...change, unchanged })
      )
  }
}

async function updateConsent(
  { client, cache }: CallContext,
  contactId: string,
  type: SubscriptionType,
  { consent, time, unchanged }: ConsentChange & { unchanged: UnchangedValues }
): Promise<void> {
  const attribute = `${FIELD}.${type.id}`
  const cached = cache.findContactById(contactId)
  const isStale = time !== undefined && time < (cached?.writtenAt(attribute) ?? time)
  const values = new KnownValues(cache.names.hashes, { [attribute]: consent }, {}, { unchanged })
  if (isStale || (cached && values.areKnown(cached))) return
  if (cached) values.forget(cached)
  await followMerged(contactId, (id) => write(client, id, type, consent))
  if (cached) values.confirm(cached)
  if (time !== undefined) cached?.markWritten(attribute, time)
}

/** By its id, else by its name regardless of case. */
async function findType({ client, workspace }: CallContext, key: string): Promise<SubscriptionType | undefined> {
  const read = () => client.findSubscriptionTypes()
  const byId = await workspace.subscriptionTypes.find(read, ({ id }) => id === key)
  return byId ?? workspace.subscriptionTypes.find(read, ({ name }) => toKey(name) === key)
}

async function write(client: IntercomClient, contact: string, type: SubscriptionType, consent: Consent): Promise<void> {
  if (consent === type.consent_type) return client.attachSubscription(contact, type)
  try {
    await client.detachSubscription(contact, type)
  } catch (thrown) {
    // There is no decision to take back.
    if (!hasStatus(thrown, NOT_FOUND)) throw thrown
  }
}
