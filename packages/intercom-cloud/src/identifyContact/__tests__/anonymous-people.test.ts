import { replay } from '../../test-support/replay'
import { deliver, withoutNetwork, type EventPiece } from '../../test-support/workspace'

withoutNetwork()

const ID = '6530d5b2c9a5f3a1b2c3d4e5'
const ID2 = '6762f3141bb69f9f2193bc6b'
const CONVERTED = ['POST /contacts', 'POST /visitors/convert']
const FIND = ['GET /contacts/find_by_external_id/a1', 'GET /contacts/find_by_external_id/u1']
const BOTH = [{ path: 'anonymous_id', reason: 'user-with-anonymous-id' }]

const identify: EventPiece = {
  type: 'identify',
  userId: 'u1',
  anonymousId: 'a1',
  timestamp: '2024-01-02T03:04:05Z',
  context: { intercom: { visitor_id: '3ecf64d0-9ed1-4e9f-88e1-da7d6e6782f3' } }
}
const converting = { mapping: { convert_visitor: 'true' } }
const anonymous = { mapping: { use_anonymous_id: 'true' } }

test.each([
  ['a visitor is converted', []],
  ['a visitor who was converted before', ['unknown-visitor']],
  ['a contact that is a lead', ['refused-visitor']],
  ['a missing permission', ['refused-visitor']]
])('%s: the person is delivered', async (title, reasons) => {
  const operations = replay('anonymous-people', title)
  const { losses } = await deliver(identify, converting)
  expect(operations).toEqual(CONVERTED)
  expect(losses).toEqual(reasons.map((reason) => ({ path: 'visitor_id', reason })))
})

test.each(['another contact in the answer', 'a page of a proxy'])('%s is not believed', async (title) => {
  replay('anonymous-people', title)
  await expect(deliver(identify, converting)).rejects.toMatchObject({ status: 503 })
})

test.each([
  ['renamed', [...FIND, `PUT /contacts/${ID}`], []],
  ['never stored', [FIND[0], 'POST /contacts'], []],
  ['both are there', [...FIND, `PUT /contacts/${ID}`], BOTH],
  ['the user id is taken meanwhile', [...FIND, `PUT /contacts/${ID2}`, `PUT /contacts/${ID}`], BOTH]
])('a user with the anonymous id, %s', async (title, expected, lost) => {
  const operations = replay('anonymous-people', title)
  const { losses } = await deliver(identify, anonymous)
  expect(operations).toEqual(expected)
  expect(losses).toEqual(lost)
})
