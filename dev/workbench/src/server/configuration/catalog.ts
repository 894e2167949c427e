import { intercomCloud, SYNC_MODE_KEY } from '@intercom-destinations/intercom-cloud'
import { destination as web } from '@intercom-destinations/intercom-web'
import { scenarios } from '@intercom-destinations/scenarios'
import type { ActionCard, Catalog, DestinationCard, FieldCard, Half, Sample, SubscriptionRow } from '../../contract'
import { OFFERED_ROWS } from './offered-rows'

const cloud = intercomCloud()

/** The parts of a definition that this file reads. */
interface Described {
  readonly name: string
  readonly slug?: string
  readonly description?: string
  readonly presets?: readonly object[]
  readonly actions: Readonly<Record<string, DescribedAction>>
}

interface DescribedAction {
  readonly title: string
  readonly description: string
  readonly defaultSubscription?: string
  readonly fields: object
  readonly dynamicFields?: object
  readonly syncMode?: object
}

/** The definitions as data, without their functions, for the page's forms. */
export const catalog: Catalog = {
  web: toCard('web', web, web.settings),
  cloud: toCard('cloud', cloud, cloud.authentication?.fields ?? {}),
  samples: toData<readonly Sample[]>(scenarios.map(({ title, events }) => ({ title, events })))
}

export const HALVES: readonly Half[] = ['web', 'cloud']

function toCard(half: Half, { name, slug = '', description = '', presets = [], actions }: Described, settings: object) {
  const card: DestinationCard = {
    half,
    name,
    slug,
    description,
    settings: toData<Readonly<Record<string, FieldCard>>>(settings),
    actions: Object.fromEntries(Object.entries(actions).map(([key, action]) => [key, toActionCard(action)])),
    presets: toData<readonly SubscriptionRow[]>(presets).map(({ name, partnerAction, subscribe, mapping }) => ({
      ...{ name, partnerAction, enabled: true, subscribe, mapping }
    })),
    offered: OFFERED_ROWS[half]
  }
  return card
}

function toActionCard({
  title,
  description,
  defaultSubscription,
  syncMode,
  dynamicFields = {},
  ...action
}: DescribedAction) {
  // Segment's form shows the sync mode before the fields, and saves it beside them.
  const fields = { ...(syncMode && { [SYNC_MODE_KEY]: { ...syncMode, type: 'string' } }), ...action.fields }
  const asksForKeys = (key: string): boolean => {
    const found: unknown = Reflect.get(dynamicFields, key)
    return typeof found === 'object' && found !== null && '__keys__' in found
  }
  const card: ActionCard = {
    title,
    description,
    ...(defaultSubscription === undefined ? {} : { defaultSubscription }),
    fields: Object.fromEntries(
      Object.entries(toData<Readonly<Record<string, FieldCard>>>(fields)).map(([key, field]) => [
        key,
        asksForKeys(key) ? { ...field, dynamic: 'keys' as const } : field
      ])
    )
  }
  return card
}

/** A value after a round trip through JSON. The definitions' own types are stricter. */
function toData<Data>(value: unknown): Data {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- actions-core's types hold it to this form
  return JSON.parse(JSON.stringify(value))
}
