import { readFileSync } from 'node:fs'
import path from 'node:path'
import { OFFERED_ROWS } from '../offered-rows'
import { readSubscriptions } from '../subscriptions-check'

const EXAMPLE = path.resolve(__dirname, '../../../../../../examples/page-views.mapping.json')

test('the example file has the rows that the page offers, and they are off', () => {
  const json: unknown = JSON.parse(readFileSync(EXAMPLE, 'utf8'))
  expect(json).toEqual(OFFERED_ROWS.cloud)
  expect(OFFERED_ROWS.cloud.map(({ enabled }) => enabled)).toEqual([false, false])
})

test.each(['web', 'cloud'] as const)('the %s half takes what is offered', (half) => {
  expect(readSubscriptions(half, OFFERED_ROWS[half])).toEqual({ rows: OFFERED_ROWS[half] })
})
