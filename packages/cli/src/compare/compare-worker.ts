import { parentPort, workerData } from 'node:worker_threads'
import { allowOnly } from './allow-only'
import { loadForeign, type Foreign } from './load-foreign'
import { toFailure } from './foreign-failure'
import { messageOf } from '../text/message-of'
import { isObject } from './is-object'
import type { WorkerMessage } from './worker-messages'

/*
 * The thread of the other destination. It has its own modules and its own globals, and no environment, so that the
 * definition shares nothing with ours and reads no token.
 */

const send = (message: WorkerMessage): void => {
  parentPort?.postMessage(message)
}

async function start(): Promise<void> {
  const { module, folder, address, token } = readStart(workerData)
  allowOnly(new URL(address))
  try {
    const foreign = await loadForeign({ module, folder, address, token })
    parentPort?.on('message', (message: unknown) => {
      void answer(foreign, message)
    })
    send({ kind: 'ready', definition: foreign.definition })
  } catch (error) {
    send({ kind: 'unusable', reason: messageOf(error) })
  }
}

async function answer({ execute }: Foreign, message: unknown): Promise<void> {
  if (!isObject(message) || typeof message.id !== 'number' || typeof message.action !== 'string') return
  const { id, action, event, mapping } = message
  try {
    await execute(action, event, mapping)
    send({ kind: 'done', id })
  } catch (error) {
    send({ kind: 'failed', id, ...toFailure(error) })
  }
}

function readStart(value: unknown) {
  const { module, folder, address, token } = isObject(value) ? value : {}
  const texts = [module, folder, address, token].map((one) => (typeof one === 'string' ? one : ''))
  const [first = '', second = '', third = '', fourth = ''] = texts
  return { module: first, folder: second, address: third, token: fourth }
}

void start()
