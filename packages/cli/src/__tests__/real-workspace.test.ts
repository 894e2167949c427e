import { createEmulator, serve } from '@intercom-destinations/emulator'
import { toFields } from '@intercom-destinations/delivery'
import http from 'node:http'
import https from 'node:https'
import { openFolder } from '../test-support/open-folder'

const { run, write, remove } = openFolder()
afterAll(remove)

const TOKEN = 'very-secret-token'
const IDENTIFY = '{"type":"identify","userId":"u1","traits":{"email":"ada@example.com"}}'

/** Intercom's hosts, answered by an emulator: every https request of this process goes to its port. */
async function openIntercom() {
  const emulator = createEmulator({
    token: TOKEN,
    region: 'eu',
    workspace: { name: 'Acme\u001b[31m', id_code: 'acme1' }
  })
  const { port, close } = await serve(emulator)
  const hosts: unknown[] = []
  jest.spyOn(https, 'request').mockImplementation((...[options, onResponse]: unknown[]) => {
    const { method, path, headers, hostname } = toFields(options)
    hosts.push(hostname)
    return http.request(
      { method: String(method), path: String(path), headers: toHeaders(headers), hostname: '127.0.0.1', port },
      isListener(onResponse) ? onResponse : undefined
    )
  })
  return { emulator, hosts, env: { INTERCOM_ACCESS_TOKEN: TOKEN }, close }
}

const toHeaders = (headers: unknown): http.OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(toFields(headers)).map(([name, value]) => [name, String(value)]))

const isListener = (value: unknown): value is (response: http.IncomingMessage) => void => typeof value === 'function'

describe('--to intercom', () => {
  it('shows the workspace and its region first, and writes nothing without a terminal to ask on', async () => {
    const { emulator, hosts, env, close } = await openIntercom()
    const { code, err, out } = await run(['deliver', write('a.ndjson', IDENTIFY), '--to', 'intercom'], { env }).finally(
      close
    )
    expect(err).toContain('is to be delivered to the Intercom workspace Acme·[31m (region eu).')
    expect(err).toContain('There is no terminal to ask on. Add --yes to deliver to this workspace without being asked.')
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(['GET /me'])
    expect(hosts).toEqual(['api.intercom.io'])
    expect(err + out).not.toContain(TOKEN)
    expect(code).toBe(2)
  })

  it('delivers with --yes, and again only with --restart', async () => {
    const { emulator, env, close } = await openIntercom()
    const args = ['deliver', write('b.ndjson', IDENTIFY), '--to', 'intercom', '--yes']
    const first = await run(args, { env })
    const requests = emulator.requests.length
    const second = await run(args, { env })
    const third = await run([...args, '--restart', '--json'], { env }).finally(close)
    expect(first.out).toContain('      1  of 1 event delivered\n')
    expect(first.out).not.toContain('played by')
    expect(emulator.state.contacts.map(({ external_id }) => external_id)).toEqual(['u1'])
    expect(second.err).toContain('Nothing is left to do.')
    expect(requests).toBeGreaterThan(1)
    expect(JSON.parse(third.out)).toMatchObject({ playedBy: null, complete: true, events: { delivered: 1 } })
    expect([first.code, second.code, third.code]).toEqual([0, 0, 0])
    expect(JSON.stringify([first, second, third])).not.toContain(TOKEN)
  })

  it('refuses a region that is not the workspace’s', async () => {
    const { env, close } = await openIntercom()
    const args = ['deliver', write('c.ndjson', IDENTIFY), '--to', 'intercom', '--region', 'us', '--yes']
    const { code, err } = await run(args, { env }).finally(close)
    expect(err).toContain('The workspace is in the region eu, not in us. Correct --region.')
    expect(code).toBe(3)
  })
})
