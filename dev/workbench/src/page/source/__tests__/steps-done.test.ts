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

test('no step is done without an event', () => {
  expect(toStepsDone([], { purchase: true, tables: false })).toEqual({
    signedUp: false,
    joined: false,
    purchase: undefined,
    onlyAnonymousBought: false,
    hasSeenPurchase: false,
    hasSeenTables: false
  })
})

test('links to the latest order with a loss, or to one that is still waiting', () => {
  expect(toStepsDone([order('e3', 'waiting'), order('e2', 'delivered', 'u1', 1)], NOTHING).purchase?.id).toBe('e2')
  expect(toStepsDone([order('e3', 'waiting')], NOTHING).purchase?.id).toBe('e3')
  expect(toStepsDone([order('e2', 'delivered', 'u1', 1)], { purchase: true, tables: true }).hasSeenPurchase).toBe(true)
})

test('does not count an anonymous order, and reports that it was anonymous', () => {
  const steps = toStepsDone([order('e2', 'failed', 'anonymous')], { purchase: true, tables: false })
  expect(steps).toMatchObject({ purchase: undefined, onlyAnonymousBought: true, hasSeenPurchase: false })
  // After a sign-up the hint to sign up is not needed.
  expect(toStepsDone([order('e2', 'failed', 'anonymous'), identify], NOTHING).onlyAnonymousBought).toBe(false)
  expect(toStepsDone([order('e2', 'failed'), identify], NOTHING).onlyAnonymousBought).toBe(false)
  expect(toStepsDone([order('e3', 'delivered'), order('e2', 'failed', 'anonymous')], NOTHING).onlyAnonymousBought).toBe(
    false
  )
})
