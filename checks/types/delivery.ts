/**
 * What a strict compiler accepts and refuses of `createSender`. `yarn check:types` compiles this against the sources, and
 * `yarn test:pack` against the packed declarations: an expected error that is missing is an error.
 */
import {
  createSender,
  parseSubscriptions,
  toSubscriptions,
  type ActionMapping,
  type IntercomSender,
  type SubscriptionRow,
  type Verdict
} from '@intercom-destinations/delivery'

const token = 'token'
const subscribe = 'type = "track" and event = "Order Completed"'
const required = { event_name: { '@path': '$.event' }, created_at: { '@path': '$.timestamp' } }

const open = (subscriptions: readonly SubscriptionRow[]): IntercomSender => createSender({ token, subscriptions })

const track = (more: Partial<ActionMapping<'trackEvent'>>): IntercomSender =>
  open([{ partnerAction: 'trackEvent', subscribe, mapping: { ...required, ...more } }])

/** Every directive of the mapping kit, and literals of the field's type. */
export const purchases: ActionMapping<'trackEvent'> = {
  event_name: 'Paid',
  created_at: 1_700_000_000,
  user_id: { '@if': { exists: { '@path': '$.userId' }, then: { '@path': '$.userId' }, else: 'unknown' } },
  email: { '@case': { operator: 'lower', value: { '@path': '$.context.traits.email' } } },
  id: { '@replace': { pattern: 'id-', value: { '@path': '$.context.intercom' }, replacement: '', global: false } },
  revenue: 19.99,
  currency: { '@template': '{{properties.currency}}' },
  metadata: {
    order: { '@path': '$.properties.order_id' },
    link: { url: { '@template': 'https://shop.example/{{properties.order_id}}' }, value: 'Order' },
    items: { '@arrayPath': ['$.properties.products', { sku: { '@path': '$.sku' } }] },
    billing: { '@flatten': { value: { '@path': '$.properties.billing' }, separator: '_', omitArrays: true } },
    raw: { '@json': { mode: 'encode', value: { '@path': '$.properties' } } },
    both: { '@merge': { direction: 'right', objects: [{ '@path': '$.traits' }, { source: 'web' }] } },
    turned: { '@transform': { apply: { total: { '@path': '$.properties.total' } }, mapping: { '@path': '$.total' } } },
    plan: { '@excludeWhenNull': { '@path': '$.properties.plan' } },
    note: { '@liquid': '{{ properties.note | upcase }}' }
  },
  unknown_contact: { '@literal': 'create' },
  allowed_event_names: ['Paid', { '@path': '$.event' }],
  enable_batching: true
}

/** The sync mode stands beside the fields. */
export const updateOnly: ActionMapping<'identifyContact'> = { role: 'user', __segment_internal_sync_mode: 'update' }
// @ts-expect-error -- the action has no such mode
export const mirror: ActionMapping<'identifyContact'> = { role: 'user', __segment_internal_sync_mode: 'mirror' }
// @ts-expect-error -- this action has no modes
export const noMode: ActionMapping<'trackEvent'> = { ...required, __segment_internal_sync_mode: 'update' }

export async function accepted(json: unknown): Promise<Verdict[]> {
  const sender = createSender({
    token,
    region: 'eu',
    retries: 'none',
    subscriptions: [
      { partnerAction: 'trackEvent', subscribe, mapping: purchases },
      { partnerAction: 'trackEvent', name: 'Orders', enabled: true, subscribe, mapping: required },
      {
        partnerAction: 'identifyContact',
        subscribe: 'type = "identify"',
        mapping: {
          role: 'user',
          active: false,
          custom_attributes: { '@path': '$.traits' },
          tags_to_add: { '@path': '$.traits.tags' }
        }
      },
      { partnerAction: 'groupIdentifyContact', subscribe: 'type = "group"', mapping: { company_id: 'acme', size: 20 } },
      ...parseSubscriptions(json),
      ...toSubscriptions()
    ]
  })
  const verdicts = await sender.send([{ type: 'page' }], { deadlineMs: 1000 })
  await sender.close()
  return verdicts
}

export function refused(json: { partnerAction: string; subscribe: string; mapping: object }): unknown[] {
  return [
    // @ts-expect-error an option is misspelled
    createSender({ token, regoin: 'eu' }),
    // @ts-expect-error there is no such region
    createSender({ token, region: 'europe' }),
    // @ts-expect-error the token is missing
    createSender({ region: 'eu' }),
    // @ts-expect-error a number of calls is a number
    createSender({ token, concurrency: '5' }),
    // @ts-expect-error there is no such way to retry
    createSender({ token, retries: 'never' }),
    // @ts-expect-error unknown JSON goes through parseSubscriptions
    createSender({ token, subscriptions: [json] }),
    // @ts-expect-error an action is misspelled
    open([{ partnerAction: 'trackEvnt', subscribe, mapping: required }]),
    // @ts-expect-error the trigger is missing
    open([{ partnerAction: 'trackEvent', mapping: required }]),
    // @ts-expect-error a required field is missing
    open([{ partnerAction: 'trackEvent', subscribe, mapping: { event_name: 'Paid' } }]),
    // @ts-expect-error a field of another action
    open([{ partnerAction: 'trackEvent', subscribe, mapping: { ...required, company_id: 'acme' } }]),
    // @ts-expect-error there is no such role
    open([{ partnerAction: 'identifyContact', subscribe, mapping: { role: 'visitor' } }]),
    // @ts-expect-error a field is misspelled
    track({ eventName: 'Paid' }),
    // @ts-expect-error a directive is misspelled
    track({ user_id: { '@pth': '$.userId' } }),
    // @ts-expect-error a directive in a free object is misspelled
    track({ metadata: { order: { '@pth': '$.properties.order_id' } } }),
    // @ts-expect-error a directive in place of an object is misspelled
    track({ metadata: { '@pth': '$.properties' } }),
    // @ts-expect-error an option of a directive is misspelled
    track({ id: { '@if': { exist: { '@path': '$.a' }, then: 'b' } } }),
    // @ts-expect-error an operator that the kit does not have
    track({ id: { '@case': { operator: 'up', value: 'a' } } }),
    // @ts-expect-error a path is a text
    track({ id: { '@path': 5 } }),
    // @ts-expect-error the branch of a condition has the field's type
    track({ id: { '@if': { exists: { '@path': '$.a' }, then: ['b'] } } }),
    // @ts-expect-error the name of an event is a text
    track({ event_name: 5 }),
    // @ts-expect-error a list of names is a list
    track({ allowed_event_names: 'Paid' }),
    // @ts-expect-error metadata is an object
    track({ metadata: 'all' }),
    // @ts-expect-error there is no such choice
    track({ unknown_contact: 'creat' })
  ]
}
