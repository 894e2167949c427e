import { createEmulator } from '@intercom-destinations/emulator'
import { FaultSwitches } from '../faults'

const TOKEN = 'token'

function open() {
  const emulator = createEmulator({ token: TOKEN, seed: { contacts: [{ id: 'c1', external_id: 'u1' }] } })
  const ask = async (path: string) => {
    const answer = await emulator.fetch(`http://emulator${path}`, { headers: { authorization: `Bearer ${TOKEN}` } })
    return answer.status
  }
  return { emulator, faults: new FaultSwitches(emulator, TOKEN), ask }
}

test('an outage lasts until it is switched off, also after a reset of the emulator', async () => {
  const { emulator, faults, ask } = open()
  await faults.switch('outage', true)
  expect([await ask('/me'), await ask('/me')]).toEqual([503, 503])
  emulator.reset()
  faults.bringBack()
  expect(await ask('/me')).toBe(503)
  await faults.switch('outage', false)
  expect(await ask('/me')).toBe(200)
})

test('the rate limit refuses one call and then lets ten through', async () => {
  const { faults, ask } = open()
  expect(faults.rateLimit).toBe(Infinity)
  await faults.switch('rate-limit', true)
  expect([await ask('/me'), await ask('/me')]).toEqual([429, 200])
  expect(faults.rateLimit).toBe(10)
  await faults.switch('rate-limit', false)
  expect(faults.rateLimit).toBe(Infinity)
})

test('the fault archives the newest person, and switching it off restores them', async () => {
  const { emulator, faults } = open()
  expect(await faults.switch('archived', true)).toBeUndefined()
  expect(emulator.state.contacts[0]?.status).toBe('archived')
  await faults.switch('archived', false)
  expect(emulator.state.contacts[0]?.status).toBe('active')
})

test('only the newest person is archived, also during an outage and after two clicks', async () => {
  const { emulator, faults } = open()
  emulator.seed({ contacts: [{ id: 'c2', external_id: 'u2' }] })
  await faults.switch('outage', true)
  await Promise.all([faults.switch('archived', true), faults.switch('archived', true)])
  expect(emulator.state.contacts.map(({ id, status }) => [id, status])).toEqual([
    ['c1', 'active'],
    ['c2', 'archived']
  ])
  await faults.switch('archived', false)
  expect(emulator.state.contacts.map(({ status }) => status)).toEqual(['active', 'active'])
  expect(faults.isOn('outage')).toBe(true)
  expect((await emulator.fetch('http://emulator/me', { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(
    503
  )
})

test('an outage and slow answers can be on together', async () => {
  const { faults, ask } = open()
  await faults.switch('index-lag', true)
  await faults.switch('outage', true)
  expect(await ask('/me')).toBe(503)
})

test('faults do not affect the consent page', async () => {
  const { faults, ask } = open()
  await faults.switch('outage', true)
  await faults.switch('rate-limit', true)
  // The emulator of this test knows no app, and says so.
  expect(await ask('/oauth?client_id=x')).toBe(400)
})

test('without a contact to archive the switch stays off and says what to do', async () => {
  const emulator = createEmulator({ token: TOKEN })
  const faults = new FaultSwitches(emulator, TOKEN)
  expect(await faults.switch('archived', true)).toEqual({
    path: 'archived',
    message: 'There is no contact to archive yet. Sign up in the shop first.'
  })
  expect(faults.isOn('archived')).toBe(false)
})

test('every switch describes its effect, and switching on twice equals once', async () => {
  const { faults } = open()
  expect(faults.all.map(({ name, on }) => [name, on])).toEqual([
    ['rate-limit', false],
    ['outage', false],
    ['slow', false],
    ['index-lag', false],
    ['blocked-widget', false],
    ['secured', false],
    ['archived', false]
  ])
  expect(faults.all.every(({ sentence }) => /^[A-Z].{40,}\.$/.test(sentence))).toBe(true)
  await faults.switch('secured', true)
  await faults.switch('secured', true)
  expect(faults.all.filter(({ on }) => on).map(({ name }) => name)).toEqual(['secured'])
  await faults.switch('secured', false)
  expect(faults.isOn('secured')).toBe(false)
})
