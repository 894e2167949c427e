import { openEmulator } from '../../test-support/open-virtual-engine'
import intercomCloud from '@intercom-destinations/intercom-cloud'
import { destination as intercomWeb } from '@intercom-destinations/intercom-web'
import { scenarios, WORKSPACE_ATTRIBUTES, type Scenario } from '@intercom-destinations/scenarios'
import type { Difference, JsonObject } from '../../../contract'
import { Engine, type CloudTarget, type Configuration } from '../index'
import { isJsonObject } from '../../../json-guards'
import { toEnabled } from '../../test-support/enabled-presets'
import { createFastClock } from '../../test-support/fast-clock'

const presets: Configuration = { web: toEnabled(intercomWeb.presets), cloud: toEnabled(intercomCloud.presets) }

let configuration = presets
let target: CloudTarget | undefined
const clock = createFastClock()
const engine = new Engine({ configuration: () => configuration, target: () => target, clock })
afterAll(() => engine.close())

/** Each event as a library sends it: as JSON. */
function toEvent(event: object): JsonObject {
  const read: unknown = JSON.parse(JSON.stringify(event))
  return isJsonObject(read) ? read : {}
}

/** The differences of a scenario's events, each as one line. */
async function differencesOf({ given, events, webSettings = {}, cloudMapping = {} }: Scenario): Promise<string[]> {
  target = openEmulator(clock, {
    contactAttributes: WORKSPACE_ATTRIBUTES.contact,
    companyAttributes: WORKSPACE_ATTRIBUTES.company,
    seed: { ...given }
  }).target
  const subscriptions = presets.cloud.subscriptions.map((row) => ({
    ...row,
    mapping: { ...row.mapping, ...cloudMapping }
  }))
  configuration = {
    web: { ...presets.web, settings: toEvent(webSettings) },
    cloud: { ...presets.cloud, subscriptions }
  }
  const rows = events.map((event) => engine.submit(toEvent(event), 'file'))
  await engine.idle()
  return rows.flatMap(({ id }) => engine.trace(id)?.differences ?? []).map(toLine)
}

const toLine = ({ path, web, cloud }: Difference) => `${path}: ${web} | ${cloud}`

/** Only a page sees who the visitor was. In the workbench the visitor has the anonymous id. */
const LINKED = [
  'custom_attributes.intercom_visitor_id: "a1" | nothing',
  'custom_attributes.segment_anonymous_id: "a1" | nothing'
]

/** The page cannot see whether Intercom has a name for a company; the server sees it in Intercom's answer. */
const UNNAMED = 'doubtful: Intercom may ignore a new company that has no name | not doubtful'

/** Where the halves really come to something else. */
const DIFFERENT: Readonly<Record<string, readonly string[]>> = {
  'An invalid company is left out, the person and the other companies arrive': [`companies[0]: ${UNNAMED}`],
  'A company with remove detaches the person': [`company: ${UNNAMED}`],
  'A group call without a name keeps the name of the company': [`company: ${UNNAMED}`],
  'A group call without traits creates a company with only an id': [`company: ${UNNAMED}`],
  'A company’s own e-mail address attaches no person': [
    'company.custom_attributes.email: not lost | lost: the workspace has no attribute of this name'
  ],
  'A first name alone does not rename a person in the browser': [
    'name: lost: it is one part only, and the contact may have a full name | not lost'
  ],
  'A person whose user id is too long is identified by the e-mail address': [
    "user_id: not lost | lost: the text is longer than Intercom's 255 characters",
    'metadata.email: "ada@example.com" | nothing'
  ],
  'An event with a time that Intercom may refuse is refused with a reason': [
    'outcome: delivered | failed: An event needs a time that can be read: ISO 8601 or Unix seconds. Map Event Time.'
  ],
  'An event without a person is refused before any request': [
    'outcome: delivered | failed: The event has neither a user id nor an e-mail address nor Intercom’s contact ID, so it does not name a person. Map one of them.'
  ],
  'An old event of an unknown person is refused with a reason': [
    'outcome: delivered | failed: Intercom does not know the person of this event. Identify people before their events, or let the mapping create unknown contacts (unknown_contact: create).'
  ],
  'An unknown attribute is left out on the server; the Messenger creates it': [
    'custom_attributes.shoe_size: not lost | lost: the workspace has no attribute of this name'
  ],
  'A group call for an unknown person stores the company and reports the missing attachment': [
    'contact: not lost | lost: Intercom does not know this person, so no contact was attached to the company'
  ],
  'A visitor of the Messenger signs up: the page links, the server converts': LINKED,
  'A visitor that Intercom does not know any more is a loss, and the person arrives': [
    'visitor_id: not lost | lost: Intercom has no such visitor: a person took it over before, or the id is wrong',
    ...LINKED
  ],
  'A user with the user id and one with the anonymous id stay two': [
    'anonymous_id: not lost | lost: Intercom has a user with the user id and another one with the anonymous id, and two users cannot be merged'
  ],
  'A person known only by e-mail is found, and the address is removed from the metadata': [
    'metadata.email: "ada@example.com" | nothing'
  ],
  'A person without id and e-mail stays a visitor in the browser and is refused on a server': [
    'outcome: delivered | failed: The event has neither a user id nor an e-mail address, and Intercom knows its users by one of them. Map External ID or Email Address.'
  ]
}

test.each(scenarios)('the page marks a difference only where there is one: $title', async (scenario) => {
  expect(await differencesOf(scenario)).toEqual(DIFFERENT[scenario.title] ?? [])
})

test('different mappings of the halves are shown as differences, in Intercom’s terms', async () => {
  const toOther = (half: 'web' | 'cloud', mapping: JsonObject) => ({
    ...presets[half],
    subscriptions: presets[half].subscriptions.map((row) =>
      row.subscribe === 'type = "track"' ? { ...row, mapping: { ...row.mapping, ...mapping } } : row
    )
  })
  configuration = { ...presets, cloud: toOther('cloud', { metadata: { coupon: 'JUNE' } }) }
  target = openEmulator(clock, { seed: { contacts: [{ external_id: 'u1' }] } }).target
  const properties = { coupon: 'MAY', plan: 'pro' }
  const { id } = engine.submit(
    { type: 'track', userId: 'u1', event: 'Paid', timestamp: '2024-01-02T03:04:05Z', properties },
    'api'
  )
  await engine.idle()
  expect(engine.trace(id)?.row.differs).toBe(true)
  expect(engine.trace(id)?.differences).toEqual([
    { path: 'metadata.coupon', web: '"MAY"', cloud: '"JUNE"' },
    { path: 'metadata.plan', web: '"pro"', cloud: 'nothing' }
  ])
})
