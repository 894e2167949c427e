import { toRecord } from '@intercom-destinations/shared-mapping'
import { createTestIntegration } from '@segment/actions-core'
import { intercomCloud } from '../..'
import { NOW, openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../../test-support/workspace'

withoutNetwork()

const SEED = {
  contacts: [{ role: 'user' as const, external_id: 'u1' }],
  subscriptionTypes: [
    { id: '101', name: 'Newsletter', consent_type: 'opt_out' as const },
    { id: '102', name: 'Beta Program', consent_type: 'opt_in' as const, content_types: ['sms_message' as const] }
  ]
}

/** A process whose mapping takes the consents of an event from `traits.consents`. */
function open(now: () => number = () => NOW) {
  const workspace = openWorkspace({ seed: SEED })
  const worker = openWorker(now)
  const mapping = { subscriptions: { '@path': '$.traits.consents' }, last_seen_at: '' }
  const toIdentify = (consents: unknown, more: object = {}): EventPiece => ({
    ...{ type: 'identify', userId: 'u1', traits: { name: 'Ada', consents } },
    ...more
  })
  const decide = (consents: unknown, more: object = {}) => worker.deliver(toIdentify(consents, more), { mapping })
  const decideAll = (calls: [unknown, object][]) =>
    worker.deliverBatch(
      calls.map(([consents, more]) => toIdentify(consents, more)),
      { mapping }
    )
  const decisions = () =>
    (workspace.emulator.state.contacts[0]?.subscriptions ?? []).map(({ id, consent_type }) => `${consent_type} ${id}`)
  const calls = () => workspace.operations().filter((operation) => operation.includes('subscription'))
  return { ...workspace, decide, decideAll, decisions, calls }
}

const nested = { path: 'custom_attributes.consents', reason: 'nested-value' }

test('a decision against the default of a type is stored, by name or by id', async () => {
  const { decide, decisions, calls } = open()
  await decide({ newsletter: 'opt_out', 102: 'opt_in' })
  expect(decisions().sort()).toEqual(['opt_in 102', 'opt_out 101'])
  expect(calls()).toEqual([
    'GET /subscription_types',
    'POST /contacts/{contact}/subscriptions',
    'POST /contacts/{contact}/subscriptions'
  ])
})

test('a decision for the default takes the stored one back, and does no harm where there is none', async () => {
  const { decide, decisions } = open()
  await decide({ Newsletter: 'opt_in', 'Beta Program': 'opt_out' })
  expect(decisions()).toEqual([])
  await decide({ Newsletter: 'opt_out', 'Beta Program': 'opt_in' })
  await decide({ Newsletter: true, 'Beta Program': 'false' })
  expect(decisions()).toEqual([])
})

test('a decision that Intercom has is not sent again', async () => {
  const { decide, calls } = open()
  await decide({ Newsletter: 'opt_out' })
  await decide({ Newsletter: 'opt_out' })
  expect(calls()).toEqual(['GET /subscription_types', 'POST /contacts/{contact}/subscriptions'])
})

test('an older decision that arrives late does not undo the newer one', async () => {
  const { decide, decisions } = open()
  await decide({ Newsletter: 'opt_out' })
  await decide({ Newsletter: 'opt_in' }, { timestamp: '2024-01-02T03:00:00Z' })
  expect(decisions()).toEqual(['opt_out 101'])
})

test('of a batch the latest decision counts', async () => {
  const { decideAll, decisions } = open()
  await decideAll([
    [{ Newsletter: 'opt_out' }, {}],
    [{ Newsletter: 'opt_in', 102: 'opt_in' }, { timestamp: '2024-01-02T03:00:00Z' }]
  ])
  expect(decisions().sort()).toEqual(['opt_in 102', 'opt_out 101'])
})

test('what is no decision, and a type that the workspace does not have, are losses of their own', async () => {
  const { decide, decisions } = open()
  const { losses } = await decide({ Newsletter: 'maybe', Spam: 'opt_out', 102: 'opt_in', nothing: null })
  expect(losses).toEqual([
    nested,
    { path: 'subscriptions.Newsletter', reason: 'not-a-consent' },
    { path: 'subscriptions.Spam', reason: 'unknown-subscription' }
  ])
  expect(decisions()).toEqual(['opt_in 102'])
})

test('in a batch each event has its own losses', async () => {
  const { decideAll } = open()
  const results = await decideAll([
    [{ Spam: 'opt_out' }, {}],
    [{ Newsletter: 'opt_out' }, {}]
  ])
  expect(results.map(({ body }) => toRecord(body)?.losses)).toEqual([
    [nested, { path: 'subscriptions.Spam', reason: 'unknown-subscription' }],
    [nested]
  ])
})

test('a type that was created since is found after a minute', async () => {
  const time = { now: NOW }
  const { decide, emulator, decisions } = open(() => time.now)
  await decide({ Offers: 'opt_out' })
  emulator.seed({ subscriptionTypes: [{ id: '103', name: 'Offers', consent_type: 'opt_out' }] })
  time.now += 61_000
  await decide({ Offers: 'opt_out' }, { timestamp: '2024-01-02T03:04:30Z' })
  expect(decisions()).toEqual(['opt_out 103'])
})

test('the mapping form offers the types, each with its direction', async () => {
  openWorkspace({ seed: SEED })
  const answer: unknown = await createTestIntegration(intercomCloud()).executeDynamicField(
    'identifyContact',
    'subscriptions.__keys__',
    { settings: {}, payload: {}, auth: { accessToken: 'token', refreshToken: '' } }
  )
  expect(answer).toMatchObject({
    choices: [
      { value: '101', label: 'Newsletter (opt-out)' },
      { value: '102', label: 'Beta Program (opt-in)' }
    ]
  })
})

test('a mapping without the field asks for nothing', async () => {
  const { calls } = open()
  await openWorker(() => NOW).deliver({ type: 'identify', userId: 'u1', traits: { name: 'Ada' } })
  expect(calls()).toEqual([])
})
