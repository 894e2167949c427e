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

test('an event that crashes the web destination does not take the next one with it', async () => {
  const thread = toThread(`if (message.event.event === 'Bad') throw new Error('out of order'); else ${ECHO}`)
  expect(await thread.run(toJob('Bad'))).toEqual({ failure: 'The web destination crashed: out of order' })
  expect(await thread.run(toJob('Good'))).toEqual({ failure: 'Good with' })
  await thread.close()
})

test('an event that the web destination does not come back from is given up', async () => {
  const thread = toThread(`if (message.event.event === 'Bad') for (;;); else ${ECHO}`, 300)
  expect(await thread.run(toJob('Bad'))).toEqual({
    failure: 'The web destination did not come back within 0.3 seconds.'
  })
  await thread.close()
})

test('a thread that ends in the middle says so', async () => {
  const thread = toThread('process.exit()')
  expect(await thread.run(toJob('Bad'))).toEqual({ failure: 'The web destination ended in the middle of this event.' })
  await thread.close()
})

test('the mappings go over once, not with every event', async () => {
  const thread = toThread(ECHO)
  const answers = [await thread.run(toJob('A')), await thread.run(toJob('B'))]
  const other = await thread.run({ ...toJob('C'), configuration: { ...configuration } })
  expect([...answers, other]).toEqual([{ failure: 'A with' }, { failure: 'B without' }, { failure: 'C with' }])
  await thread.close()
})

test('what the web destination prints is read, so that it fills no memory', async () => {
  const much = `const text = 'x'.repeat(1_000_000);
    process.stdout.write(text, () => process.stdout.write(text, () =>
      process.stderr.write(text, () => process.stderr.write(text, () => { ${ECHO} }))))`
  const thread = toThread(much, 2000)
  expect(await thread.run(toJob('Loud'))).toEqual({ failure: 'Loud with' })
  await thread.close()
})

test('after the end nothing starts again', async () => {
  const thread = toThread(ECHO)
  await thread.close()
  expect(await thread.run(toJob('A'))).toEqual({ failure: 'The workbench is closing.' })
})
