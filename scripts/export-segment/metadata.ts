import type { InputField } from '@segment/actions-core'

/**
 * The catalog entry of a destination, `metadata.json`. Segment's repository makes it with
 * `packages/cli/src/commands/generate/metadata-payload.ts`, which is not published. The names of the keys are those of
 * `DestinationMetadataV1` in @segment/public-api-sdk-typescript 47.0.0, Segment's published description of a catalog
 * entry; keys that only Segment's service knows (ids of actions and fields, logos, status) are left out. Their command
 * writes it again (docs/into-segment.md).
 */
export interface Metadata {
  id: string
  name: string
  slug: string
  description: string
  supportedPlatforms: { browser: boolean; server: boolean; mobile: boolean }
  options: object[]
  actions: object[]
  presets: object[]
}

/** The parts of a definition that the catalog shows, which both halves have. */
export interface CatalogDefinition {
  name: string
  slug?: string
  description?: string
  mode: string
  presets?: readonly { name?: string; partnerAction: string; subscribe?: string; mapping?: object }[]
  actions: Readonly<
    Record<
      string,
      {
        title: string
        description: string
        hidden?: boolean
        defaultSubscription?: string
        fields: object
      }
    >
  >
}

export function toMetadata(id: string, definition: CatalogDefinition, settings: object): Metadata {
  const { name, slug = '', description = '', mode, actions, presets = [] } = definition
  return {
    id,
    name,
    slug,
    description,
    supportedPlatforms: { browser: mode === 'device', server: mode === 'cloud', mobile: false },
    options: fieldsOf(settings).map(([key, field]) => toOption(key, field)),
    actions: Object.entries(actions).map(([key, action]) => ({
      slug: key,
      name: action.title,
      description: action.description,
      platform: mode === 'device' ? 'web' : 'cloud',
      hidden: action.hidden ?? false,
      defaultTrigger: action.defaultSubscription ?? null,
      fields: fieldsOf(action.fields).map(([fieldKey, field], index) => toActionField(fieldKey, field, index))
    })),
    presets: presets.map((preset) => ({
      actionSlug: preset.partnerAction,
      name: preset.name ?? '',
      fields: preset.mapping ?? {},
      trigger: preset.subscribe ?? ''
    }))
  }
}

type Field = Partial<Omit<InputField, 'required'>> & { required?: unknown }

function toOption(name: string, { type, label = '', description = '', required, default: value }: Field) {
  return { name, type, label, description, required: required === true, defaultValue: value ?? null }
}

function toActionField(fieldKey: string, field: Field, sortOrder: number) {
  return {
    sortOrder,
    fieldKey,
    label: field.label ?? '',
    type: field.type,
    description: field.description ?? '',
    placeholder: field.placeholder ?? '',
    defaultValue: field.default ?? null,
    required: field.required === true,
    multiple: field.multiple ?? false,
    choices: field.choices ?? null,
    dynamic: field.dynamic ?? false,
    allowNull: field.allowNull ?? false
  }
}

function fieldsOf(fields: object): [string, Field][] {
  return Object.entries(fields).map(([key, field]: [string, unknown]) => [key, isField(field) ? field : {}])
}

function isField(value: unknown): value is Field {
  return typeof value === 'object' && value !== null && 'label' in value && 'type' in value
}
