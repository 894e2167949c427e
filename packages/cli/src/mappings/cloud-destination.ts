import { createSender, parseSubscriptions, type CompleteRow, type Verdict } from '@intercom-destinations/delivery'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { toTracedLoss } from '../trace/trace-model'
import { toLostTexts, type CheckedDestination } from './checked-destination'
import { toPickedNames } from './mapping-parts'
import { SAMPLE_EMAIL, SAMPLE_TEXT, SAMPLE_USER, type SampleEvent } from './sample-event'

const definition = intercomCloud()

/** The cloud destination, whose sample events go to the built-in emulator. */
export const CLOUD: CheckedDestination = {
  half: 'cloud',
  name: definition.name,
  actions: definition.actions,
  findOwnWarnings: () => [],
  findLosses: async (row, sample) => {
    const { status, reason, losses, doubtful } = (await deliverSample(row, sample)) ?? {}
    return toLostTexts({
      refusal: status === 'rejected' ? (reason ?? 'no reason was given') : undefined,
      losses: losses?.map(toTracedLoss) ?? [],
      doubtful: doubtful?.map(toTracedLoss) ?? []
    })
  }
}

/** A contact, so that an event finds the person of the sample. */
const PERSON = { role: 'user', external_id: SAMPLE_USER, email: SAMPLE_EMAIL } as const

async function deliverSample(row: CompleteRow, { type, json }: SampleEvent): Promise<Verdict | undefined> {
  const attributes = toPickedNames(row.mapping.custom_attributes).map((name) => ({
    name,
    data_type: 'string' as const
  }))
  const target = await openEmbeddedIntercom(
    // The visitor is the one of the sample event.
    { contactAttributes: attributes, companyAttributes: attributes, visitors: [{ user_id: SAMPLE_TEXT }] },
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
