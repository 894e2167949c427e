import { Destination } from '@segment/actions-core'
import { ownFieldMappings, savedMappings } from '@intercom-destinations/scenarios'
import { toRecord } from '@intercom-destinations/shared-mapping'
import { intercomCloud } from '..'
import { NOW, openWorkspace, toEvent, toLosses, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const mine = [...savedMappings, ...ownFieldMappings].filter(({ half }) => half === 'cloud')

const WRITES: Readonly<Record<string, string>> = {
  identifyContact: 'POST /contacts',
  groupIdentifyContact: 'POST /companies',
  trackEvent: 'POST /events'
}

/** A workspace with every attribute of the book. */
const attributes = [
  ...new Set(mine.flatMap(({ body }) => Object.keys(toRecord(toRecord(body)?.custom_attributes) ?? {})))
].map((name) => ({ name, data_type: 'string' as const }))

it('the book contains mappings as customers save them', () => {
  expect(mine.length).toBeGreaterThanOrEqual(50)
})

it.each(mine)(
  'keeps the meaning of: $title',
  async ({ action, subscribe, mapping, event, body, tags = [], losses = [] }) => {
    const { emulator } = openWorkspace({
      seed: action === 'identifyContact' ? {} : { contacts: [{ role: 'user', external_id: 'u1' }] },
      contactAttributes: attributes,
      companyAttributes: attributes
    })
    const destination = new Destination(intercomCloud({ now: () => NOW }))
    const results = await destination.onEvent(toEvent(event), {
      subscriptions: [{ partnerAction: action, subscribe, mapping }],
      oauth: { access_token: 'test-access-token' }
    })
    const report = toRecord(results.find(({ output }) => output === 'Action Executed')?.data)
    const writes = emulator.requests.filter(({ operation }) => operation === WRITES[action])
    expect(writes.map((request) => request.body)).toEqual([body])
    const { contacts, companies, tags: all } = emulator.state
    const ids = [
      ...contacts.flatMap((contact) => contact.tags.map(({ id }) => id)),
      ...companies.flatMap(({ tagIds }) => tagIds)
    ]
    expect(ids.map((id) => all.find((tag) => tag.id === id)?.name)).toEqual(tags)
    expect([...toLosses(report?.losses), ...toLosses(report?.doubtful)]).toEqual(losses)
  }
)
