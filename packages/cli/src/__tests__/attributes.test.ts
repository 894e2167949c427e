import { createEmulator, serve, type EmulatorOptions } from '@intercom-destinations/emulator'
import { openFolder } from '../test-support/open-folder'

const { run, write, remove } = openFolder()
afterAll(remove)

const TOKEN = 'very-secret-token'

const EVENTS = [
  { type: 'identify', userId: 'u1', traits: { plan: 'pro', seats: 3, trial_ends_at: '2026-12-01' } },
  { type: 'identify', userId: 'u2', traits: { seats: 'many', beta: true } },
  { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme', tier: 1 } }
]
const writeEvents = () => write('events.ndjson', EVENTS.map((event) => `${JSON.stringify(event)}\n`).join(''))

async function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ token: TOKEN, workspace: { name: 'Acme' }, ...options })
  const { url, close } = await serve(emulator)
  const attributes = (...more: string[]) =>
    run(['attributes', writeEvents(), '--to', url, ...more], { env: { INTERCOM_ACCESS_TOKEN: TOKEN } })
  const names = () => emulator.state.dataAttributes.map(({ model, name, data_type }) => `${model} ${name} ${data_type}`)
  return { emulator, attributes, names, close }
}

describe('attributes', () => {
  it('lists what the workspace lacks, with a type that takes every value, and creates nothing', async () => {
    const { emulator, attributes, close } = await open({ contactAttributes: [{ name: 'plan', data_type: 'string' }] })
    const { code, out } = await attributes().finally(close)
    expect(out).toContain('Acme (region us) lacks 4 custom attributes, with how many events have it:\n')
    expect(out).toContain('      2  contact seats: string\n')
    expect(out).toContain('      1  contact trial_ends_at: date\n')
    expect(out).toContain('      1  contact beta: boolean\n')
    expect(out).toContain('      1  company tier: float\n')
    expect(emulator.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    expect(code).toBe(1)
  })

  it('creates them with --create, and finds nothing to do afterwards', async () => {
    const { attributes, names, close } = await open()
    const first = await attributes('--create')
    const second = await attributes('--create').finally(close)
    expect(first.out).toContain('contact plan (string): created\n')
    expect(names().sort()).toEqual([
      'company tier float',
      'contact beta boolean',
      'contact plan string',
      'contact seats string',
      'contact trial_ends_at date'
    ])
    expect(second.out).toBe('Acme (region us) has every custom attribute that the file sends.\n')
    expect([first.code, second.code]).toEqual([0, 0])
    expect(first.out + first.err).not.toContain(TOKEN)
  })

  it('goes on after a refused one, and says why', async () => {
    const { emulator, attributes, names, close } = await open()
    emulator.fault({ status: 403, match: { method: 'POST', path: '/data_attributes' } })
    const { code, out } = await attributes('--create').finally(close)
    expect(out).toContain(': refused, Active subscription needed.')
    expect(names()).toHaveLength(4)
    expect(code).toBe(1)
  })

  it('asks before it writes to a real workspace', async () => {
    const { code, err } = await run(['attributes', writeEvents(), '--create'])
    expect(err).toContain('--to intercom needs the access token of the workspace in INTERCOM_ACCESS_TOKEN.')
    expect(code).toBe(2)
  })

  it('needs a workspace that outlives the command', async () => {
    const { code, err } = await run(['attributes', writeEvents(), '--to', 'emulator'])
    expect(err).toContain('attributes needs a workspace')
    expect(code).toBe(2)
  })
})
