import { OutageTimer } from '../outage-timer'
import { VirtualClock } from '../../../../../../packages/delivery/src/test-support/virtual-clock'

function open() {
  const clock = new VirtualClock(0)
  const said: string[] = []
  const trouble = new OutageTimer(clock, (reason) => said.push(`${clock.now()} ${reason}`))
  return { clock, said, trouble }
}

test('reports an outage after 25 seconds, and again for events that began to wait since then', async () => {
  const { clock, said, trouble } = open()
  trouble.failed('It is a 503.')
  await clock.run(clock.sleep(20_000))
  // It fails again in between, which does not make the trouble a new one.
  trouble.failed('It is a 500.')
  expect([trouble.isLong, said]).toEqual([false, []])
  await clock.run(clock.sleep(31_000))
  expect([trouble.isLong, said]).toEqual([true, ['25000 It is a 503.', '50000 It is a 503.']])
  trouble.end()
})

test('does not report an outage that has ended, and measures a new one from its start', async () => {
  const { clock, said, trouble } = open()
  trouble.failed('It is a 503.')
  await clock.run(clock.sleep(24_000))
  trouble.end()
  await clock.run(clock.sleep(60_000))
  trouble.failed('It is a 502.')
  await clock.run(clock.sleep(24_000))
  expect([trouble.isLong, said]).toEqual([false, []])
  trouble.end()
})
