import { redisState } from '@intercom-destinations/redis-state'
import { openFleetWorker, type Dealt } from './fleet-worker'

/*
 * One process of the fleet. Arguments: the address of Intercom, and that of Redis or nothing.
 */

const [restHost = '', redis = ''] = process.argv.slice(2)
/** Many processes on few cores wait for a core, not for Redis, so they wait longer than by default: milliseconds. */
const DEADLINE_MS = 2000
const worker = openFleetWorker(restHost, redis === '' ? undefined : redisState({ url: redis, deadlineMs: DEADLINE_MS }))

process.on('message', (message: { kind: 'deliver'; events: Dealt[] } | { kind: 'close' }) => {
  void answer(message)
})

async function answer(message: { kind: 'deliver'; events: Dealt[] } | { kind: 'close' }): Promise<void> {
  if (message.kind === 'deliver') {
    process.send?.(await worker.deliver(message.events))
    return
  }
  await worker.close()
  process.disconnect()
}
