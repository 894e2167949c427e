import { openFleetState, openFleetWorker, type Dealt } from './fleet-worker'

/*
 * One process of the fleet. Arguments: the address of Intercom, and that of Redis or nothing.
 */

const [restHost = '', redis = ''] = process.argv.slice(2)
const worker = openFleetWorker(restHost, redis === '' ? undefined : openFleetState(redis))

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
