import path from 'node:path'

/**
 * docs/catalog-contract.md as a literal table, held against what ships: customers' saved subscriptions name these slugs,
 * action keys and field keys. A line of this file changes only when the contract does.
 */

interface Field {
  type: string
  required?: boolean | object
  multiple?: boolean
  format?: string
  choices?: readonly (string | { value: string })[]
  default?: unknown
  properties?: Record<string, Field>
}

interface Action {
  title: string
  defaultSubscription?: string
  fields: Record<string, Field>
  syncMode?: { default: string; choices: readonly { value: string }[] }
  perform: unknown
  performBatch?: unknown
}

interface Definition {
  name: string
  slug: string
  mode: string
  settings?: Record<string, Field>
  authentication?: { scheme: string; fields: Record<string, Field> }
  presets: { type: string; name: string; partnerAction: string; subscribe: string; mapping: Record<string, unknown> }[]
  actions: Record<string, Action>
  onDelete?: unknown
}

const dist = (...parts: string[]) => path.join(__dirname, '..', 'packages', ...parts)
const { destination: web } = jest.requireActual<{ destination: Definition }>(
  dist('intercom-web', 'dist', 'cjs', 'index.js')
)
const { default: cloud } = jest.requireActual<{ default: Definition }>(dist('intercom-cloud', 'dist', 'index.js'))

/** `key: type`, with `*` where required and `[]` where multiple. */
function typesOf(fields: Record<string, Field> = {}): string[] {
  return Object.entries(fields).map(
    ([key, { type, required, multiple }]) => `${key}: ${type}${multiple ? '[]' : ''}${required === true ? '*' : ''}`
  )
}

function choicesOf({ choices = [] }: Field): string[] {
  return choices.map((choice) => (typeof choice === 'string' ? choice : choice.value))
}

/** A default as text: `$.a | $.b` for "the first that says something". */
function defaultOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('@path' in value) return value['@path']
  if ('@if' in value) {
    const { then, else: otherwise } = Object(value['@if'])
    const sources = [then, otherwise].flatMap((one) => (one === undefined ? [] : String(defaultOf(one)).split(' | ')))
    // A path that is asked for a text first and for anything at last stands here once.
    return [...new Set(sources)].join(' | ')
  }
  if ('@arrayPath' in value && Array.isArray(value['@arrayPath'])) {
    const [list, item] = value['@arrayPath']
    return { [`each of ${String(list)}`]: defaultOf(item) }
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, defaultOf(one)]))
}

function defaultsOf(fields: Record<string, Field> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, field]) =>
      field.default === undefined ? [] : [[key, defaultOf(field.default)]]
    )
  )
}

function presetsOf({ presets }: Definition): string[] {
  return presets.map(({ type, name, subscribe, partnerAction }) => `${type}: ${name} · ${subscribe} → ${partnerAction}`)
}

const COMPANY_TYPES = [
  'company_id: string*',
  'name: string*',
  'created_at: datetime',
  'plan: string',
  'monthly_spend: integer',
  'size: integer',
  'website: string',
  'industry: string',
  'company_custom_traits: object',
  'remove: boolean'
]

const SIGNED_UP = '$.traits.createdAt | $.traits.created_at | $.traits.signedUpAt'
const UNSUBSCRIBED =
  '$.context.Intercom.unsubscribedFromEmails | $.integrations.Intercom.unsubscribed | $.integrations.intercom.unsubscribed'

describe('Intercom Web (Actions)', () => {
  test('its name, slug and mode', () => {
    expect([web.name, web.slug, web.mode]).toEqual(['Intercom Web (Actions)', 'actions-intercom-web', 'device'])
  })

  test('its settings', () => {
    expect(typesOf(web.settings).sort()).toEqual(
      [
        'appId: string*',
        'activator: string',
        'richLinkProperties: string[]',
        'apiBase: string',
        'hideLauncherAtStart: boolean',
        'hideNotifications: boolean',
        'alignment: string',
        'horizontalPadding: number',
        'verticalPadding: number',
        'zIndex: number',
        'sessionDuration: number',
        'language: string',
        'themeMode: string',
        'actionColor: string',
        'backgroundColor: string',
        'linkColor: string',
        'cspNonce: string',
        'loadTimeoutMs: number',
        'bootAfterReset: boolean',
        'bootPersistedUser: boolean',
        'linkVisitor: boolean',
        'secured: boolean',
        'sendMessengerEvents: boolean',
        'debug: boolean'
      ].sort()
    )
    expect(web.settings?.activator?.default).toBe('#IntercomDefaultWidget')
    expect(web.settings?.apiBase?.default).toBe('https://api-iam.intercom.io')
    expect(web.settings?.loadTimeoutMs?.default).toBe(10_000)
    expect(web.settings?.bootAfterReset?.default).toBe(true)
    for (const off of ['bootPersistedUser', 'linkVisitor', 'secured', 'sendMessengerEvents'])
      expect(web.settings?.[off]?.default).toBe(false)
    expect(web.settings?.apiBase && choicesOf(web.settings.apiBase)).toEqual([
      'https://api-iam.intercom.io',
      'https://api-iam.eu.intercom.io',
      'https://api-iam.au.intercom.io'
    ])
  })

  test('its presets, each with the action’s own defaults', () => {
    expect(presetsOf(web)).toEqual([
      'automatic: Track Event · type = "track" → trackEvent',
      'automatic: Identify User · type = "identify" or type = "page" → identifyUser',
      'automatic: Identify Company · type = "group" → identifyCompany'
    ])
    expectPresetsToBeDefaults(web)
  })

  test('its actions and their triggers', () => {
    expect(Object.entries(web.actions).map(([key, action]) => [key, action.defaultSubscription])).toEqual([
      ['trackEvent', 'type = "track"'],
      ['identifyUser', 'type = "identify" or type = "page"'],
      ['identifyCompany', 'type = "group"'],
      ['messengerCommand', undefined]
    ])
  })

  test('the fields of trackEvent', () => {
    expect(typesOf(web.actions.trackEvent?.fields)).toEqual([
      'event_name: string*',
      'revenue: number',
      'currency: string',
      'event_metadata: object',
      'nested_values: string'
    ])
    expect(defaultsOf(web.actions.trackEvent?.fields)).toEqual({
      event_name: '$.event',
      revenue: '$.properties.revenue.amount | $.properties.revenue | $.properties.total.amount | $.properties.total',
      currency: '$.properties.currency | $.properties.revenue.currency | $.properties.total.currency',
      event_metadata: '$.properties',
      nested_values: 'leave_out'
    })
  })

  test('the fields of identifyUser', () => {
    const fields = web.actions.identifyUser?.fields ?? {}
    expect(typesOf(fields).sort()).toEqual(
      [
        'user_id: string',
        'custom_traits: object',
        'name: string',
        'phone: string',
        'unsubscribed_from_emails: boolean',
        'language_override: string',
        'email: string',
        'created_at: datetime',
        'avatar_image_url: string',
        'user_hash: string',
        'intercom_user_jwt: string',
        'company: object',
        'companies: object[]',
        'hide_default_launcher: boolean',
        'last_request_at: datetime',
        'nested_values: string',
        'include_context: boolean',
        'context_attributes: object'
      ].sort()
    )
    expect(typesOf(fields.company?.properties)).toEqual(COMPANY_TYPES)
    expect(typesOf(fields.companies?.properties)).toEqual(COMPANY_TYPES)
    expect(defaultsOf(fields)).toEqual({
      user_id: '$.userId',
      custom_traits: '$.traits | $.context.traits',
      name: '$.traits.name | $.context.traits.name',
      phone: '$.traits.phone | $.context.traits.phone',
      unsubscribed_from_emails: '$.context.Intercom.unsubscribedFromEmails',
      language_override: '$.integrations.Intercom.language_override',
      email: '$.traits.email | $.context.traits.email',
      created_at: SIGNED_UP,
      avatar_image_url: '$.traits.avatar.image_url | $.traits.avatar | $.context.traits.avatar',
      user_hash: '$.integrations.Intercom.user_hash | $.integrations.Intercom.userHash',
      intercom_user_jwt: '$.integrations.Intercom.intercom_user_jwt | $.integrations.Intercom.intercomUserJwt',
      company: {
        company_id: '$.traits.company.id | $.traits.company.company_id | $.traits.company.companyId | $.traits.company',
        name: '$.traits.company.name',
        created_at:
          '$.traits.company.createdAt | $.traits.company.created_at | $.traits.company.created | $.traits.company.remoteCreatedAt',
        plan: '$.traits.company.plan',
        size: '$.traits.company.employees | $.traits.company.employee_count | $.traits.company.size',
        website: '$.traits.company.website',
        industry: '$.traits.company.industry',
        monthly_spend: '$.traits.company.monthly_spend | $.traits.company.monthlySpend',
        company_custom_traits: '$.traits.company',
        remove: '$.traits.company.remove'
      },
      companies: {
        'each of $.traits.companies': {
          company_id: '$.id | $.company_id | $.companyId | $.',
          name: '$.name',
          created_at: '$.createdAt | $.created_at | $.created | $.remoteCreatedAt',
          plan: '$.plan',
          size: '$.employees | $.employee_count | $.size',
          website: '$.website',
          industry: '$.industry',
          monthly_spend: '$.monthly_spend | $.monthlySpend',
          company_custom_traits: '$.',
          remove: '$.remove'
        }
      },
      hide_default_launcher: '$.context.Intercom.hideDefaultLauncher | $.context.Intercom.hide_default_launcher',
      last_request_at: '$.traits.lastRequestAt | $.timestamp',
      nested_values: 'leave_out',
      context_attributes: CONTEXT_DEFAULTS
    })
  })

  test('the fields of identifyCompany', () => {
    const fields = web.actions.identifyCompany?.fields ?? {}
    expect(typesOf(fields)).toEqual(['company: object*', 'nested_values: string', 'hide_default_launcher: boolean'])
    expect(typesOf(fields.company?.properties)).toEqual(COMPANY_TYPES)
    expect(defaultsOf(fields)).toEqual({
      company: {
        company_id: '$.groupId',
        name: '$.traits.name',
        created_at: '$.traits.createdAt | $.traits.created_at | $.traits.created | $.traits.remoteCreatedAt',
        plan: '$.traits.plan',
        size: '$.traits.employees | $.traits.employee_count | $.traits.size',
        website: '$.traits.website',
        industry: '$.traits.industry',
        monthly_spend: '$.traits.monthly_spend | $.traits.monthlySpend',
        company_custom_traits: '$.traits',
        remove: '$.traits.remove'
      },
      nested_values: 'leave_out',
      hide_default_launcher: '$.context.Intercom.hideDefaultLauncher | $.context.Intercom.hide_default_launcher'
    })
  })
})

describe('Intercom Web (Actions), the Messenger', () => {
  test('the fields of messengerCommand', () => {
    const fields = web.actions.messengerCommand?.fields ?? {}
    expect(typesOf(fields)).toEqual(['command: string*', 'space: string', 'content_id: string', 'text: string'])
    expect(defaultsOf(fields)).toEqual({})
    expect(fields.command && choicesOf(fields.command)).toEqual([
      'show',
      'hide',
      'hide_notifications',
      'show_notifications',
      'show_space',
      'new_message',
      'start_conversation',
      'show_article',
      'show_news',
      'start_survey',
      'start_tour',
      'start_checklist',
      'show_ticket',
      'show_conversation'
    ])
  })
})

const CONTEXT_DEFAULTS = {
  device_type: '$.context.device.type',
  device_manufacturer: '$.context.device.manufacturer',
  device_model: '$.context.device.model',
  os_name: '$.context.os.name',
  os_version: '$.context.os.version',
  app_name: '$.context.app.name',
  app_version: '$.context.app.version'
}

const ANONYMOUS_TYPES = ['use_anonymous_id: string', 'anonymous_id: string']
const ANONYMOUS_DEFAULTS = { use_anonymous_id: 'false', anonymous_id: '$.anonymousId' }
const BATCHING_TYPES = ['enable_batching: boolean', 'batch_size: number', 'event_time: string']
const BATCHING_DEFAULTS = { enable_batching: true, batch_size: 100, event_time: '$.timestamp' }

describe('Intercom Cloud Mode (Actions)', () => {
  test('its name, slug, mode and way to sign in', () => {
    expect([cloud.name, cloud.slug, cloud.mode]).toEqual([
      'Intercom Cloud Mode (Actions)',
      'actions-intercom-cloud',
      'cloud'
    ])
    expect(cloud.authentication?.scheme).toBe('oauth2')
    expect(typeof cloud.onDelete).toBe('function')
  })

  test('its one setting', () => {
    const fields = cloud.authentication?.fields ?? {}
    expect(typesOf(fields)).toEqual(['region: string'])
    expect(fields.region && choicesOf(fields.region)).toEqual(['auto', 'us', 'eu', 'au'])
    expect(fields.region?.default).toBe('auto')
  })

  test('its presets, each with the action’s own defaults', () => {
    expect(presetsOf(cloud)).toEqual([
      'automatic: Identify Contact · type = "identify" → identifyContact',
      'automatic: Identify Company · type = "group" → groupIdentifyContact',
      'automatic: Track Event · type = "track" → trackEvent'
    ])
    expectPresetsToBeDefaults(cloud)
  })

  test('its actions, their triggers, and that all take batches', () => {
    expect(
      Object.entries(cloud.actions)
        .map(([key, action]) => [key, action.defaultSubscription, typeof action.performBatch])
        .sort()
    ).toEqual([
      ['archiveContact', undefined, 'function'],
      ['audienceToTag', 'type = "identify" or type = "track"', 'function'],
      ['groupIdentifyContact', 'type = "group"', 'function'],
      ['identifyContact', 'type = "identify"', 'function'],
      ['trackEvent', 'type = "track"', 'function']
    ])
    expect(cloud.actions.groupIdentifyContact?.title).toBe('Identify Company')
  })

  test('the fields of identifyContact', () => {
    const fields = cloud.actions.identifyContact?.fields ?? {}
    expect(typesOf(fields).sort()).toEqual(
      [
        'role: string*',
        'external_id: string',
        'email: string',
        'phone: string',
        'name: string',
        'avatar: string',
        'signed_up_at: string',
        'last_seen_at: string',
        'owner_id: string',
        'owner_email: string',
        'unsubscribed_from_emails: string',
        'custom_attributes: object',
        'nested_values: string',
        'company_traits: object',
        'include_context: string',
        'context_attributes: object',
        'active: string',
        'unknown_attributes: string',
        'unchanged_values: string',
        'tags_to_add: string[]',
        'tags_to_remove: string[]',
        'tags_from_traits: string',
        'tags_in_traits: object',
        'subscriptions: object',
        'convert_visitor: string',
        'visitor_id: string',
        ...ANONYMOUS_TYPES,
        ...BATCHING_TYPES
      ].sort()
    )
    expect(fields.role && choicesOf(fields.role)).toEqual(['lead', 'user', 'auto'])
    expect(fields.nested_values && choicesOf(fields.nested_values)).toEqual(['leave_out', 'flatten', 'json'])
    expect(fields.unknown_attributes && choicesOf(fields.unknown_attributes)).toEqual(['leave_out', 'create', 'refuse'])
    expect(fields.tags_from_traits && choicesOf(fields.tags_from_traits)).toEqual(['leave', 'add'])
    expect(defaultsOf(fields)).toEqual({
      role: 'user',
      external_id: '$.userId',
      email: '$.traits.email | $.context.traits.email',
      phone: '$.traits.phone | $.context.traits.phone',
      name: '$.traits.name | $.context.traits.name',
      avatar: '$.traits.avatar.image_url | $.traits.avatar | $.context.traits.avatar',
      signed_up_at: SIGNED_UP,
      last_seen_at: '$.traits.lastRequestAt | $.timestamp',
      unsubscribed_from_emails: UNSUBSCRIBED,
      custom_attributes: '$.traits | $.context.traits',
      nested_values: 'leave_out',
      company_traits: {
        company: '$.traits.company | $.context.traits.company',
        companies: '$.traits.companies | $.context.traits.companies'
      },
      context_attributes: CONTEXT_DEFAULTS,
      active: '$.context.active',
      unknown_attributes: 'leave_out',
      unchanged_values: 'skip',
      tags_from_traits: 'leave',
      tags_in_traits: { tags: '$.traits.tags | $.context.traits.tags' },
      convert_visitor: 'false',
      visitor_id: '$.context.intercom.visitor_id | $.context.Intercom.visitor_id',
      ...ANONYMOUS_DEFAULTS,
      ...BATCHING_DEFAULTS
    })
  })

  test('the sync modes of identifyContact, saved as __segment_internal_sync_mode, and of no other action', () => {
    const modes = Object.entries(cloud.actions).flatMap(([key, { syncMode }]) =>
      syncMode ? [[key, syncMode.default, ...syncMode.choices.map(({ value }) => value)]] : []
    )
    expect(modes).toEqual([['identifyContact', 'upsert', 'upsert', 'update', 'add']])
  })

  test('the fields of groupIdentifyContact', () => {
    const fields = cloud.actions.groupIdentifyContact?.fields ?? {}
    expect(typesOf(fields).sort()).toEqual(
      [
        'remote_created_at: string',
        'external_id: string',
        'email: string',
        'company_id: string*',
        'contact_id: string',
        'name: string',
        'plan: string',
        'website: string',
        'industry: string',
        'monthly_spend: string',
        'size: string',
        'custom_attributes: object',
        'nested_values: string',
        'active: string',
        'unknown_attributes: string',
        'unchanged_values: string',
        'tags_to_add: string[]',
        'tags_to_remove: string[]',
        'tags_from_traits: string',
        'tags_in_traits: object',
        ...ANONYMOUS_TYPES,
        ...BATCHING_TYPES
      ].sort()
    )
    expect(defaultsOf(fields)).toEqual({
      remote_created_at: '$.traits.createdAt | $.traits.created_at | $.traits.created | $.traits.remoteCreatedAt',
      external_id: '$.userId',
      email: '$.context.traits.email',
      company_id: '$.groupId',
      name: '$.traits.name',
      plan: '$.traits.plan',
      website: '$.traits.website',
      industry: '$.traits.industry',
      monthly_spend: '$.traits.monthly_spend | $.traits.monthlySpend',
      size: '$.traits.employees | $.traits.employee_count | $.traits.size',
      custom_attributes: '$.traits',
      nested_values: 'leave_out',
      active: '$.context.active',
      unknown_attributes: 'leave_out',
      unchanged_values: 'skip',
      tags_from_traits: 'leave',
      tags_in_traits: { tags: '$.traits.tags' },
      ...ANONYMOUS_DEFAULTS,
      ...BATCHING_DEFAULTS
    })
  })

  test('the fields of trackEvent', () => {
    const fields = cloud.actions.trackEvent?.fields ?? {}
    expect(typesOf(fields).sort()).toEqual(
      [
        'event_name: string*',
        'created_at: datetime*',
        'user_id: string',
        'email: string',
        'revenue: string',
        'currency: string',
        'id: string',
        'metadata: object',
        'nested_values: string',
        'unknown_contact: string',
        'allowed_event_names: string[]',
        ...ANONYMOUS_TYPES,
        ...BATCHING_TYPES
      ].sort()
    )
    expect(fields.unknown_contact && choicesOf(fields.unknown_contact)).toEqual(['retry', 'create', 'fail'])
    expect(defaultsOf(fields)).toEqual({
      event_name: '$.event',
      created_at: '$.timestamp',
      user_id: '$.userId',
      email: '$.properties.email | $.context.traits.email',
      revenue: '$.properties.revenue.amount | $.properties.revenue | $.properties.total.amount | $.properties.total',
      currency: '$.properties.currency | $.properties.revenue.currency | $.properties.total.currency',
      metadata: '$.properties',
      nested_values: 'leave_out',
      unknown_contact: 'retry',
      ...ANONYMOUS_DEFAULTS,
      ...BATCHING_DEFAULTS
    })
  })

  test('the fields of audienceToTag', () => {
    const fields = cloud.actions.audienceToTag?.fields ?? {}
    expect(typesOf(fields).sort()).toEqual(
      [
        'external_id: string',
        'email: string',
        'contact_id: string',
        'external_ids: object',
        'audience_key: string',
        'tag_name: string',
        'tag_prefix: string',
        'membership: string',
        'traits_or_properties: object',
        'unknown_contact: string',
        ...BATCHING_TYPES
      ].sort()
    )
    expect(fields.unknown_contact && choicesOf(fields.unknown_contact)).toEqual(['retry', 'create', 'fail'])
    expect(defaultsOf(fields)).toEqual({
      external_id: '$.userId',
      email: '$.traits.email | $.context.traits.email',
      external_ids: { personas: '$.context.personas.external_ids', context: '$.context.externalIds' },
      audience_key: '$.context.personas.computation_key',
      tag_name: '$.context.personas.computation_key',
      traits_or_properties: '$.traits | $.properties',
      unknown_contact: 'retry',
      ...BATCHING_DEFAULTS,
      batch_size: 1000
    })
  })

  test('the fields of archiveContact', () => {
    const fields = cloud.actions.archiveContact?.fields ?? {}
    expect(typesOf(fields).sort()).toEqual(
      ['operation: string', 'external_id: string', 'email: string', 'contact_id: string', ...BATCHING_TYPES].sort()
    )
    expect(fields.operation && choicesOf(fields.operation)).toEqual(['archive', 'unarchive'])
    expect(defaultsOf(fields)).toEqual({
      operation: 'archive',
      external_id: '$.userId',
      email: '$.traits.email | $.context.traits.email',
      ...BATCHING_DEFAULTS
    })
  })

  test('no field has a format, which would refuse a whole event', () => {
    const fields = Object.values(cloud.actions).flatMap((action) => Object.entries(action.fields))
    expect(fields.flatMap(([key, { format }]) => (format === undefined ? [] : [key]))).toEqual([])
  })
})

function expectPresetsToBeDefaults({ presets, actions }: Definition): void {
  for (const { partnerAction, mapping } of presets) {
    const fields = Object.entries(actions[partnerAction]?.fields ?? {})
    expect(mapping).toEqual(
      Object.fromEntries(fields.flatMap(([key, field]) => (field.default === undefined ? [] : [[key, field.default]])))
    )
  }
}
