import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { openFolder, type TestFolder } from '../test-support/open-folder'
import { serveEmulator } from '../test-support/serve-emulator'

let folder: TestFolder
beforeEach(() => {
  folder = openFolder()
})
afterEach(() => {
  folder.remove()
})

const inFolder = (...parts: string[]) => path.join(folder.folder, ...parts)

/** The core of this repository, installed beside the module. */
function installCore() {
  mkdirSync(inFolder('node_modules/@segment'), { recursive: true })
  const core = path.dirname(path.dirname(path.dirname(require.resolve('@segment/actions-core'))))
  symlinkSync(core, inFolder('node_modules/@segment/actions-core'))
}

const writeModule = (code: string) => folder.write('other.js', code)

/** A second definition that calls more, refuses an event, loses a field and writes another value. */
const OTHER = `
const { IntegrationError } = require('@segment/actions-core')
const host = 'https://api.intercom.io'
const traits = { type: 'object', label: 't', description: 't', default: { '@path': '$.traits' } }
const userId = { type: 'string', label: 'u', description: 'u', required: true, default: { '@path': '$.userId' } }
exports.default = {
  name: 'Second',
  mode: 'cloud',
  extendRequest: ({ auth }) => ({ headers: { authorization: 'Bearer ' + auth.accessToken } }),
  actions: {
    identifyContact: {
      title: 'Identify', description: 'i', defaultSubscription: 'type = "identify"',
      fields: { external_id: userId, traits },
      perform: async (request, { payload: { external_id, traits } }) => {
        if (process.env.INTERCOM_ACCESS_TOKEN) throw new Error('The token is visible.')
        await request(host + '/me')
        return request(host + '/contacts', {
          method: 'POST',
          json: { role: 'user', external_id, email: traits.email, name: String(traits.name).toUpperCase() }
        })
      }
    },
    trackEvent: {
      title: 'Track', description: 't', defaultSubscription: 'type = "track"',
      fields: { user_id: userId, event_name: { type: 'string', label: 'e', description: 'e', default: { '@path': '$.event' } } },
      perform: (request, { payload: { user_id, event_name } }) => {
        if (event_name === 'Paid') throw new IntegrationError('No payments for ' + user_id, 'NO_PAYMENTS', 400)
        return request(new URL(host + '/events'), {
          method: 'POST',
          json: { user_id, event_name, created_at: 1794211200 }
        })
      }
    }
  }
}
`

const EVENTS = [
  {
    type: 'identify',
    userId: 'user-1',
    traits: { name: 'Ada', email: 'ada@secret.example', phone: '+4930123456' }
  },
  { type: 'track', userId: 'user-1', event: 'Opened' },
  { type: 'track', userId: 'user-1', event: 'Paid' },
  { type: 'group', userId: 'user-1', groupId: 'acme', traits: { name: 'Acme' } },
  { type: 'page', userId: 'user-1' }
]

const writeEvents = () =>
  folder.write(
    'events.ndjson',
    EVENTS.map((event) => `${JSON.stringify({ timestamp: '2026-11-09T08:00:00Z', ...event })}\n`).join('')
  )

const compare = (module: string, ...more: string[]) =>
  folder.run(['deliver', writeEvents(), '--compare', module, ...more], {
    env: { INTERCOM_ACCESS_TOKEN: 'secret-token' }
  })

describe('deliver --compare', () => {
  it('shows more calls, refused events, lost fields and other values', async () => {
    installCore()
    const { code, out, err } = await compare(writeModule(OTHER), '--json')
    expect(err).not.toContain('Not compared')
    expect(code).toBe(0)
    const { comparison } = JSON.parse(out)
    expect(comparison).toMatchObject({
      ours: { events: { delivered: 4, ignored: 1, refused: 0 }, holds: { contacts: 1, companies: 1, events: 2 } },
      theirs: {
        name: expect.stringMatching(/^Second \(.*other\.js, actions-core 3\.170\.0\)$/),
        events: { delivered: 2, ignored: 2, refused: 1 },
        calls: 3,
        refusedCalls: 0,
        holds: { contacts: 1, companies: 0, events: 1 }
      }
    })
    expect(comparison.results).toHaveLength(2)
    expect(comparison.results).toContainEqual({
      side: 'theirs',
      result: 'refused',
      reason: 'No payments for …',
      count: 1,
      example: { at: 'line 3' }
    })
    expect(comparison.results).toContainEqual({
      side: 'theirs',
      result: 'ignored',
      reason: 'No subscription takes this event.',
      count: 1,
      example: { at: 'line 4' }
    })
    expect(comparison.operations).toContainEqual({ operation: 'GET /me', ours: 0, theirs: 1 })
    const none = { onlyOurs: 0, onlyTheirs: 0, unequal: 0 }
    for (const row of [
      { ...none, kind: 'contact', field: 'name', unequal: 1, example: { at: 'line 4' } },
      { ...none, kind: 'contact', field: 'phone', onlyOurs: 1, example: { at: 'line 4' } },
      { ...none, kind: 'contact', field: 'companies', onlyOurs: 1, example: { at: 'line 4' } },
      { ...none, kind: 'company', field: '', onlyOurs: 1, example: { at: 'line 4' } },
      { ...none, kind: 'event', field: '', onlyOurs: 1, example: { at: 'line 3' } }
    ])
      expect(comparison.differences).toContainEqual(row)
    expect(out).not.toMatch(/secret|Ada|4930|user-1/)
  })

  it('puts both side by side, in 80 columns and in the report, with values only when asked', async () => {
    installCore()
    const module = writeModule(OTHER)
    const report = inFolder('report.html')
    const { out } = await compare(module, '--report', report)
    const text = out.slice(out.indexOf('Compared with'))
    expect(text).toMatch(/^ +4 +2 {2}events delivered$/m)
    expect(text).toMatch(/^ +0 +1 {2}events refused$/m)
    expect(text).toMatch(/^ +1 +0 +0 {2}contact phone, line 4$/m)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    const page = readFileSync(report, 'utf8')
    expect(page).toContain('id="comparison"')
    expect(page).toContain('refused by the other one')
    expect(page).not.toMatch(/ADA|4930/)
    await compare(module, '--report', report, '--report-values')
    expect(readFileSync(report, 'utf8')).toContain('there <code>&quot;ADA&quot;</code>')
  })

  it('gives both the mappings that were chosen, without the fields that one of them lacks', async () => {
    installCore()
    const mapping = folder.write(
      'mapping.json',
      JSON.stringify([
        {
          partnerAction: 'trackEvent',
          name: 'Events',
          subscribe: 'event = "Opened"',
          mapping: {
            event_name: 'Mapped',
            user_id: { '@path': '$.userId' },
            created_at: { '@path': '$.timestamp' },
            unknown_contact: 'create'
          }
        }
      ])
    )
    const { out } = await compare(writeModule(OTHER), '--mapping', mapping, '--json')
    const { comparison } = JSON.parse(out)
    expect(comparison.ours.events).toEqual({ delivered: 1, ignored: 4, refused: 0 })
    expect(comparison.notes).toEqual([
      'Left out of its mapping of trackEvent, which has no such fields: created_at, unknown_contact.'
    ])
    expect(comparison.results).toMatchObject([
      { side: 'theirs', result: 'refused', reason: 'Not Found: User Not Found' }
    ])
  })

  it.each([
    ['a module that is not there', undefined, 'cannot be found from'],
    ['a module that throws', 'throw new Error("half installed")', 'cannot be loaded: half installed'],
    ['a module without a definition', 'exports.default = { actions: {} }', 'has no destination definition'],
    ['a module that ends its process', 'process.exit(0)', 'ended its thread while it was loaded']
  ])('refuses %s before anything is delivered', async (_, code, message) => {
    installCore()
    const module = code === undefined ? inFolder('gone.js') : writeModule(code)
    const { code: exit, out, err } = await compare(module)
    expect(err).toContain(message)
    expect(err).toContain('docs/compare.md')
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
  })

  it('refuses a definition that has no core of its own', async () => {
    const { code, err } = await compare(writeModule('exports.default = { actions: { a: { perform() {} } } }'))
    expect(err).toContain('has no @segment/actions-core')
    expect(code).toBe(2)
  })

  it('lets a definition that calls a host by itself reach nothing', async () => {
    installCore()
    const host = await serveEmulator()
    const calling = OTHER.replace("await request(host + '/me')", `await fetch('${host.address}/me')`)
    const { out } = await compare(writeModule(calling), '--json')
    await host.close()
    const { comparison } = JSON.parse(out)
    expect(comparison.theirs.events).toEqual({ delivered: 0, ignored: 2, refused: 3 })
    expect(comparison.results).toContainEqual(
      expect.objectContaining({ reason: expect.stringContaining('called a host without its request client') })
    )
    expect(host.emulator.requests).toEqual([])
  })

  it('finishes the delivery when the other destination crashes', async () => {
    installCore()
    const crashing = OTHER.replace("await request(host + '/me')", 'process.exit(1)')
    const { code, out, err } = await compare(writeModule(crashing), '--json')
    expect(err).toContain('Not compared: The other destination ended its thread.')
    expect(code).toBe(1)
    expect(JSON.parse(out).events).toMatchObject({ delivered: 4 })
  })

  it('names the remedy for the fast-uri that refuses every event', async () => {
    installCore()
    const refusing = OTHER.replace("await request(host + '/me')", "throw new TypeError('URI scheme is malformed.')")
    const { err } = await compare(writeModule(refusing))
    expect(err).toContain('"fast-uri": "3.1.5"')
  })

  it.each([[['--to', 'intercom']], [['--to', 'http://127.0.0.1:4010']], [['--dry-run']]])(
    'is refused with %j, where it would write twice or not at all',
    async (more) => {
      const { code, err } = await compare(writeModule(OTHER), ...more)
      expect(code).toBe(2)
      expect(err).toContain('--compare belongs to the built-in emulator')
    }
  )
})
