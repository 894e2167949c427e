import {
  createSender,
  findMappingWarnings,
  isJsonObject,
  parseSubscriptions,
  type CompleteRow,
  type Verdict
} from '@intercom-destinations/delivery'
import { intercomCloud, toReasonText } from '@intercom-destinations/intercom-cloud'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { findDifferences } from './differences'
import { SAMPLE_EMAIL, SAMPLE_USER, toSampleEvent, type CheckedAction, type SampleEvent } from './sample-event'

export interface FieldCheck {
  readonly field: string
  /** The field's name in Segment's form. */
  readonly label: string
  /** Where the value comes from. */
  readonly from: string
}

export interface MappingCheck {
  readonly name: string
  readonly action: string
  readonly enabled: boolean
  readonly trigger: string
  readonly fields: readonly FieldCheck[]
  /** Sentences about what Intercom will not get, with the place in the mapping. */
  readonly lost: readonly string[]
  /** What an event through it does that today's destination does otherwise. */
  readonly differences: readonly string[]
}

/** A contact, so that an event finds the person of the sample. */
const PERSON = { role: 'user', external_id: SAMPLE_USER, email: SAMPLE_EMAIL } as const

/**
 * Says of each mapping what it does, what is lost, and what is unlike today's destination. What is lost is found by a
 * sample event that has a fitting value wherever the mapping reads one, delivered to the built-in emulator.
 */
export async function checkMappings(rows: readonly CompleteRow[]): Promise<MappingCheck[]> {
  const actions = new Map<string, CheckedAction>(Object.entries(intercomCloud().actions))
  const checks: MappingCheck[] = []
  for (const row of rows) checks.push(await checkMapping(row, actions.get(row.partnerAction)))
  return checks
}

async function checkMapping(row: CompleteRow, action: CheckedAction | undefined): Promise<MappingCheck> {
  const { name, partnerAction, enabled, subscribe, mapping } = row
  const fields = new Map(Object.entries(action?.fields ?? {}))
  return {
    name,
    action: action?.title ?? partnerAction,
    enabled,
    trigger: subscribe,
    fields: Object.entries(mapping).map(([field, value]) => ({
      field,
      label: fields.get(field)?.label ?? field,
      from: toSource(value)
    })),
    lost: [
      ...findMappingWarnings(row).map(({ path, message }) => `${path}: ${message}`),
      ...toLostTexts(await deliverSample(row, toSampleEvent(row, action)))
    ],
    differences: findDifferences(partnerAction, mapping)
  }
}

async function deliverSample(row: CompleteRow, { type, json }: SampleEvent): Promise<Verdict | undefined> {
  const attributes = toPickedNames(row.mapping.custom_attributes).map((name) => ({
    name,
    data_type: 'string' as const
  }))
  const target = await openEmbeddedIntercom(
    { contactAttributes: attributes, companyAttributes: attributes },
    row.partnerAction === 'identifyContact' ? {} : { contacts: [PERSON] }
  )
  const { token, region, restHost } = target.connection
  const subscriptions = parseSubscriptions([{ ...row, enabled: true, subscribe: `type = "${type}"` }])
  const sender = createSender({ token, region, restHost, subscriptions, retries: 'none' })
  try {
    const [verdict] = await sender.send([json])
    return verdict
  } finally {
    await sender.close()
    await target.close()
  }
}

function toLostTexts(verdict: Verdict | undefined): string[] {
  const { status, reason = 'no reason was given', losses = [], doubtful = [] } = verdict ?? {}
  return [
    ...(status === 'rejected' ? [`A sample event is refused: ${reason}`] : []),
    ...losses.map((loss) => `${loss.path}: ${toReasonText(loss.reason)}.`),
    ...doubtful.map((loss) => `${loss.path} is sent, but ${toReasonText(loss.reason)}.`)
  ]
}

const toPickedNames = (value: unknown): string[] =>
  isJsonObject(value) ? Object.keys(value).filter((key) => !key.startsWith('@')) : []

/** Where a value comes from, in a few words. */
function toSource(value: unknown): string {
  if (!isJsonObject(value)) return JSON.stringify(value)
  const template = value['@template']
  if (typeof template === 'string') return `“${template}”`
  const picked = toPickedNames(value)
  if (picked.length > 0) return picked.map((key) => `${key} from ${toSource(value[key])}`).join(', ')
  const paths = new Set(toPaths(value))
  return paths.size === 0 ? JSON.stringify(value) : [...paths].join(' or ')
}

function toPaths(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(toPaths)
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '@path' && typeof inner === 'string' ? [inner] : toPaths(inner)
  )
}
