import { createEmulator, serve, type EmulatorOptions } from '@intercom-destinations/emulator'
import path from 'node:path'
import { openFolder } from '../test-support/open-folder'

const { run, write, remove } = openFolder()
afterAll(remove)

const TOKEN = 'very-secret-token'
const EXAMPLES = path.join(__dirname, '../../../../examples')
const WEEK = path.join(EXAMPLES, 'saas-week.ndjson')
const WORKSPACE = path.join(EXAMPLES, 'saas-week.workspace.json')

const toFile = (...events: object[]) => write('events.ndjson', events.map((event) => JSON.stringify(event)).join('\n'))

/** A workspace of its own, and the arguments and environment that connect to it. */
async function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ token: TOKEN, region: 'eu', ...options })
  const { url, close } = await serve(emulator)
  return { emulator, args: ['check-connection', '--to', url], env: { INTERCOM_ACCESS_TOKEN: TOKEN }, close }
}

describe('check-connection', () => {
  it('shows what the example week needs of its workspace, and delivers nothing', async () => {
    const { code, out, err } = await run(['check-connection', WEEK, '--workspace', WORKSPACE])
    expect(out).toContain('Connected to Plankhouse (region us), played by the built-in emulator\n')
    expect(out).toContain('  granted      Read and list users and companies: POST /contacts/search\n')
    expect(out).toContain('     12  contact referral_source: text\n      8  company account_manager: text\n')
    expect(out).toContain('     44  company seats: whole number\n')
    expect(out).toContain('Event names: 11, within the 120 active ones that a workspace may have\n')
    expect(
      Math.max(
        ...out
          .replace(/https:\S+/g, '')
          .split('\n')
          .map((line) => line.length)
      )
    ).toBeLessThanOrEqual(80)
    expect(err).toBe('')
    expect(code).toBe(1)
  })

  it('finds nothing missing in a complete workspace, and only reads there', async () => {
    const { emulator, args, env, close } = await open({
      workspace: { name: 'Acme\u001b[31m' },
      contactAttributes: [{ name: 'plan', data_type: 'string' }]
    })
    const file = toFile({ type: 'identify', userId: 'u1', traits: { plan: 'pro' } })
    const { code, out, err } = await run([...args, file], { env }).finally(close)
    expect(out).toContain('Connected to Acme·[31m (region eu), played by the emulator at\nhttp://127.0.0.1:')
    expect(out).toContain('Present, and every value fits:\n      1  contact plan: text\n')
    expect(out).toContain('\n\nNothing is missing, as far as reads can show.\n')
    expect(emulator.requests.map(({ operation }) => operation)).toEqual([
      'GET /me',
      'GET /me',
      'POST /contacts/search',
      'GET /companies',
      'GET /data_attributes',
      'GET /tags',
      'GET /admins',
      'GET /data_attributes',
      'GET /data_attributes'
    ])
    expect(emulator.state.contacts).toEqual([])
    expect(out + err).not.toContain(TOKEN)
    expect(code).toBe(0)
  })

  it('lists missing scopes, and attributes that are archived or of another type', async () => {
    const { emulator, args, env, close } = await open({
      contactAttributes: [
        { name: 'seats', data_type: 'integer' },
        { name: 'old', data_type: 'string', archived: true }
      ]
    })
    // Without a body of the test's own, the emulator's 403 says that the plan lacks the feature.
    emulator.fault({ match: { path: '/admins' }, status: 403 })
    emulator.fault({
      match: { path: '/tags' },
      status: 403,
      body: { type: 'error.list', errors: [{ code: 'forbidden', message: 'No.' }] }
    })
    emulator.fault({
      match: { path: '/me' },
      status: 403,
      times: Infinity,
      body: {
        type: 'error.list',
        errors: [
          { code: 'forbidden', message: 'You do not have the required scope (view_app) to access this resource' }
        ]
      }
    })
    const file = toFile(
      { type: 'identify', userId: 'u1', traits: { seats: 3, old: 'x' } },
      { type: 'identify', userId: 'u2', traits: { seats: 'three' } },
      { type: 'track', userId: 'u1', event: 'Opened' },
      { type: 'track', userId: 'u1', event: 'opened ' }
    )
    const { code, out } = await run([...args, file, '--json'], { env }).finally(close)
    const report = JSON.parse(out)
    expect(report).toMatchObject({ workspace: null, region: null, fine: false })
    expect(report.permissions).toContainEqual({
      operation: 'GET /tags',
      scope: 'Read tags',
      needed: 'tags_to_add and tags_to_remove',
      permission: 'missing',
      status: 403
    })
    expect(report.permissions).toContainEqual(
      expect.objectContaining({ operation: 'GET /me', scope: 'view_app', permission: 'missing' })
    )
    expect(report.permissions).toContainEqual(
      expect.objectContaining({ operation: 'GET /admins', permission: 'not-in-plan' })
    )
    expect(report.file.attributes).toEqual([
      {
        model: 'contact',
        name: 'seats',
        types: { 'whole number': 1, text: 1 },
        events: 2,
        verdict: 'other-type',
        workspaceType: 'integer'
      },
      { model: 'contact', name: 'old', types: { text: 1 }, events: 1, verdict: 'archived', workspaceType: 'string' }
    ])
    expect(report.file.eventNames).toEqual([{ name: 'Opened', events: 2 }])
    expect(code).toBe(1)
  })

  it('judges a value as deliver does: the text "12" fits a number', async () => {
    const { args, env, close } = await open({
      contactAttributes: [
        { name: 'seats', data_type: 'integer' },
        { name: 'active', data_type: 'boolean' },
        { name: 'trial_ends', data_type: 'datetime' }
      ]
    })
    const file = toFile({
      type: 'identify',
      userId: 'u1',
      traits: { seats: '12', active: 'true', trial_ends: '2024-01-02T03:04:05Z' }
    })
    const checked = await run([...args, file, '--json'], { env })
    const delivered = await run(['deliver', file, '--to', args[2] ?? '', '--json'], { env })
    await close()
    expect(JSON.parse(checked.out).file.attributes).toMatchObject([
      { name: 'seats', verdict: 'fits' },
      { name: 'active', verdict: 'fits' },
      { name: 'trial_ends', verdict: 'fits' }
    ])
    expect([checked.code, JSON.parse(delivered.out).losses]).toEqual([0, []])
  })

  it('reports that a token is not accepted, without printing it', async () => {
    const { args, close } = await open()
    const { code, out, err } = await run(args, { env: { INTERCOM_ACCESS_TOKEN: 'another-secret' } }).finally(close)
    expect(err).toContain('cannot be used: Intercom no longer accepts the access token')
    expect(out + err).not.toContain('another-secret')
    expect(code).toBe(3)
  })
})
