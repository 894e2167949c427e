import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { WebThread, type WebJob } from '../web-worker'

const folder = mkdtempSync(path.join(tmpdir(), 'web-thread-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** A thread that does to each message what the script says. */
function toThread(script: string, longestRunMs = 5000): WebThread {
  const file = path.join(folder, 'thread.js')
  writeFileSync(
    file,
    `const { parentPort } = require('node:worker_threads'); parentPort.on('message', (message) => { ${script} })`
  )
  return new WebThread(longestRunMs, file)
}

const configuration = { settings: {}, subscriptions: [] }
const toJob = (name: string): WebJob => ({ event: { type: 'track', event: name }, configuration, takers: [] })

/** What the thread says when it is well: the name of the event, and whether it was told the mappings. */
const ECHO = `parentPort.postMessage({ failure: message.event.event + (message.configuration ? ' with' : ' without') })`

test('an event that crashes the web destination does not affect the next one', async () => {
  const thread = toThread(`if (message.event.event === 'Bad') throw new Error('out of order'); else ${ECHO}`)
  expect(await thread.run(toJob('Bad'))).toEqual({ failure: 'The web destination crashed: out of order' })
  expect(await thread.run(toJob('Good'))).toEqual({ failure: 'Good with' })
  await thread.close()
})

test('an event that hangs the web destination fails', async () => {
  const thread = toThread(`if (message.event.event === 'Bad') for (;;); else ${ECHO}`, 300)
  expect(await thread.run(toJob('Bad'))).toEqual({
    failure: 'The web destination did not finish within 0.3 seconds.'
  })
  await thread.close()
})

test('an event fails when its thread ends', async () => {
  const thread = toThread('process.exit()')
  expect(await thread.run(toJob('Bad'))).toEqual({
    failure: 'The thread of the web destination ended during this event.'
  })
  await thread.close()
})

test('the mappings are sent once, not with every event', async () => {
  const thread = toThread(ECHO)
  const answers = [await thread.run(toJob('A')), await thread.run(toJob('B'))]
  const other = await thread.run({ ...toJob('C'), configuration: { ...configuration } })
  expect([...answers, other]).toEqual([{ failure: 'A with' }, { failure: 'B without' }, { failure: 'C with' }])
  await thread.close()
})

test('the output of the web destination is discarded, so that it cannot fill the memory', async () => {
  const much = `const text = 'x'.repeat(1_000_000);
    process.stdout.write(text, () => process.stdout.write(text, () =>
      process.stderr.write(text, () => process.stderr.write(text, () => { ${ECHO} }))))`
  const thread = toThread(much, 2000)
  expect(await thread.run(toJob('Loud'))).toEqual({ failure: 'Loud with' })
  await thread.close()
})

test('a closed thread does not start again', async () => {
  const thread = toThread(ECHO)
  await thread.close()
  expect(await thread.run(toJob('A'))).toEqual({ failure: 'The workbench is closing.' })
})
