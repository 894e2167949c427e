import { isRedisInstalled, startRedis } from '@intercom-destinations/redis-server'
import { installByNpm, parsed, runScript, tarball } from './support'

/** Two senders that share a Redis, from the packages as they are installed. */

const OURS = ['delivery', 'emulator', 'redis-state']

const BODY = `
  async function main() {
    const emulator = createEmulator({ token: 'token' })
    const { url, close } = await serve(emulator)
    const worker = () => {
      const state = redisState({ url: process.argv[2] })
      const sender = createSender({ token: 'token', restHost: url, state })
      return {
        send: async (seconds, name) => {
          const timestamp = new Date(Date.UTC(2024, 0, 2, 3, 4, seconds)).toISOString()
          const [verdict] = await sender.send([{ type: 'identify', userId: 'u1', timestamp, traits: { name } }])
          return verdict.status
        },
        close: async () => {
          await sender.close()
          await state.close()
        }
      }
    }
    const [one, two] = [worker(), worker()]
    const statuses = [await one.send(5, 'Before'), await two.send(9, 'Last'), await one.send(7, 'Between')]
    const names = emulator.state.contacts.map(({ name }) => name)
    const calls = emulator.requests.map(({ method }) => method)
    await Promise.all([one.close(), two.close(), close()])
    console.log(JSON.stringify({ statuses, names, calls }))
  }
  main()
`

const ESM: readonly [string, string] = [
  'worker.mjs',
  `import { createSender } from '@intercom-destinations/delivery'
  import { createEmulator, serve } from '@intercom-destinations/emulator'
  import { redisState } from '@intercom-destinations/redis-state'
  ${BODY}`
]
const COMMON_JS: readonly [string, string] = [
  'worker.cjs',
  `const { createSender } = require('@intercom-destinations/delivery')
  const { createEmulator, serve } = require('@intercom-destinations/emulator')
  const { redisState } = require('@intercom-destinations/redis-state')
  ${BODY}`
]

const itWithRedis = isRedisInstalled ? test : test.skip

itWithRedis.each([ESM, COMMON_JS])('%s: two senders over one Redis keep the last value', async (file, source) => {
  const redis = await startRedis()
  try {
    const project = await installByNpm(OURS.map(tarball))
    const { stdout, stderr } = await runScript(project, [file, source], { args: [redis.url] })
    expect([parsed({ stdout, stderr }), stderr]).toEqual([
      { statuses: ['delivered', 'delivered', 'delivered'], names: ['Last'], calls: ['POST', 'PUT'] },
      ''
    ])
  } finally {
    await redis.stop()
  }
})
