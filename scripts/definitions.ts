import 'tsconfig-paths/register'
import type { InputField } from '@segment/actions-core'

/** A field or a sub-field; a sub-field may have no description. */
export type Fields = NonNullable<InputField['properties']>

export interface DescribedAction {
  key: string
  title: string
  description: string
  trigger: string
  fields: Fields
  /** Where Segment saves the sync mode of the action, and what it is; absent if the action has none. */
  syncMode?: readonly [key: string, field: Fields[string]]
}

/** The common format of both definitions, for scripts. */
export interface Described {
  packageName: 'intercom-web' | 'intercom-cloud'
  name: string
  settings: Fields
  presets: { name: string; subscribe: string; partnerAction: string }[]
  actions: DescribedAction[]
}

interface AnyDefinition {
  name: string
  presets?: readonly { type: string; name?: string; partnerAction: string; subscribe?: string }[]
  actions: Record<
    string,
    { title: string; description: string; defaultSubscription?: string; fields: object; syncMode?: object }
  >
}

function isFields(value: object): value is Fields {
  return Object.values(value).every((field) => typeof field === 'object' && field !== null && 'label' in field)
}

function fieldsOf(value: object = {}): Fields {
  if (!isFields(value)) throw new TypeError('A definition has a field without a label')
  return value
}

function toSyncMode(definition: object): readonly [string, Fields[string]] {
  const key = '__segment_internal_sync_mode'
  const { [key]: field } = fieldsOf({ [key]: { ...definition, type: 'string' } })
  if (!field) throw new TypeError('A sync mode has no label')
  return [key, field]
}

function described(
  packageName: Described['packageName'],
  { name, presets = [], actions }: AnyDefinition,
  settings?: object
): Described {
  return {
    packageName,
    name,
    settings: fieldsOf(settings),
    presets: presets.map((preset) => ({
      name: preset.name ?? '',
      subscribe: preset.subscribe ?? '',
      partnerAction: preset.partnerAction
    })),
    actions: Object.entries(actions).map(
      ([key, { title, description, defaultSubscription = '', fields, syncMode }]) => ({
        key,
        title,
        description,
        trigger: defaultSubscription,
        fields: fieldsOf(fields),
        ...(syncMode && { syncMode: toSyncMode(syncMode) })
      })
    )
  }
}

/** The definitions of both destinations, web first, from their sources. */
export async function definitions(): Promise<Described[]> {
  const { destination: web } = await import('../packages/intercom-web/src')
  const { default: cloud } = await import('../packages/intercom-cloud/src')
  return [
    described('intercom-web', web, web.settings),
    described('intercom-cloud', cloud, cloud.authentication?.fields)
  ]
}
