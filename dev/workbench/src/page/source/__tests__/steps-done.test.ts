import type { Row } from '../../../contract'
import { orderTrace } from '../../trace/test-support/order-trace'
import { toStepsDone } from '../steps-done'

const NOTHING = { purchase: false, tables: false }

const order = (id: string, state: Row['cloud']['state'], person = 'u1', losses = 0): Row => ({
  ...orderTrace.row,
  id,
  person,
  cloud: { state, calls: 0, losses, doubtful: 0 }
})
const identify: Row = { ...orderTrace.row, id: 'e0', type: 'identify', name: '' }

test('without an event nothing is done', () => {
  expect(toStepsDone([], { purchase: true, tables: false })).toEqual({
    signedUp: false,
    joined: false,
    purchase: undefined,
    onlyNobodyBought: false,
    hasSeenPurchase: false,
    hasSeenTables: false
  })
})

test('the order whose loss is known is the one to look at, and one that waits will do', () => {
  expect(toStepsDone([order('e3', 'waiting'), order('e2', 'delivered', 'u1', 1)], NOTHING).purchase?.id).toBe('e2')
  expect(toStepsDone([order('e3', 'waiting')], NOTHING).purchase?.id).toBe('e3')
  expect(toStepsDone([order('e2', 'delivered', 'u1', 1)], { purchase: true, tables: true }).hasSeenPurchase).toBe(true)
})

test('an order of nobody is none, and is said to be of nobody', () => {
  const steps = toStepsDone([order('e2', 'failed', 'anonymous')], { purchase: true, tables: false })
  expect(steps).toMatchObject({ purchase: undefined, onlyNobodyBought: true, hasSeenPurchase: false })
  // Whoever has signed up since need not be told to.
  expect(toStepsDone([order('e2', 'failed', 'anonymous'), identify], NOTHING).onlyNobodyBought).toBe(false)
  expect(toStepsDone([order('e2', 'failed'), identify], NOTHING).onlyNobodyBought).toBe(false)
  expect(toStepsDone([order('e3', 'delivered'), order('e2', 'failed', 'anonymous')], NOTHING).onlyNobodyBought).toBe(
    false
  )
})
