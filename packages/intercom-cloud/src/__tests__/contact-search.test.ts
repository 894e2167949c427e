import { createRequestClient } from '@segment/actions-core'
import { createIntercomClient } from '../client/intercom-client'
import { ContactSearch } from '../contacts/contact-search'
import { HOST, openWorkspace, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const headers = { authorization: 'Bearer x', accept: 'application/json', 'Intercom-Version': '2.16' }
const openLookup = () => new ContactSearch(createIntercomClient(createRequestClient({ headers }), HOST))
const keys = (length: number) => Array.from({ length }, (_, i) => ({ external_id: `u${i}`, email: `${i}@example.com` }))
const operations = (emulator: { requests: readonly { operation: string }[] }) =>
  emulator.requests.map(({ operation }) => operation)

test('sends one search for 225 filters, and two for 226', async () => {
  const { emulator } = openWorkspace()
  await openLookup().prefetch(keys(112))
  expect(operations(emulator)).toEqual(['POST /contacts/search'])
  await openLookup().prefetch(keys(113))
  expect(operations(emulator)).toHaveLength(3)
})

test('finds more than 150 people on two pages', async () => {
  const { emulator } = openWorkspace({
    seed: { contacts: keys(160).map(({ external_id }) => ({ role: 'user', external_id })) }
  })
  const contactSearch = openLookup()
  await contactSearch.prefetch(keys(160).map(({ external_id }) => ({ external_id })))
  expect(operations(emulator)).toEqual(['POST /contacts/search', 'POST /contacts/search'])
  expect(emulator.requests[1]?.body).toMatchObject({ pagination: { starting_after: expect.any(String) } })
  expect(await contactSearch.find({ external_id: 'u159' })).toMatchObject([{ external_id: 'u159' }])
  expect(operations(emulator)).toHaveLength(2)
})

test('searches a person who was not prefetched, and searches again after the results are cleared', async () => {
  const { emulator } = openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
  const contactSearch = openLookup()
  await contactSearch.find({ external_id: 'u1' })
  expect(emulator.requests[0]?.body).toMatchObject({ query: { field: 'external_id', operator: '=', value: 'u1' } })
  await contactSearch.prefetch([{ external_id: 'u1' }])
  contactSearch.clear()
  await contactSearch.find({ external_id: 'u1' })
  expect(operations(emulator)).toHaveLength(3)
})
