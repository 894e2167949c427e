import { openFolder } from '../test-support/open-folder'
import { startEmulator } from '../test-support/run-binary'

const files = openFolder()
const { write, run, remove } = files
afterAll(remove)

const WORKSPACE = JSON.stringify({
  name: 'Acme',
  contacts: [{ external_id: 'u1', email: 'ada@example.com' }],
  companies: [{ company_id: 'acme' }],
  attachments: [{ contact: 'u1', company: 'acme' }]
})

describe('emulate', () => {
  it('prints how to use it, contains what the file defines, and refuses calls over the limit', async () => {
    const said: string[] = []
    const workspace = write('workspace.json', WORKSPACE)
    const emulator = await startEmulator(files, ['-w', workspace, '--rate-limit', '2'], (line) => said.push(line))
    const { address } = emulator
    const ask = (path: string) => fetch(address + path, { headers: { authorization: 'Bearer any' } })
    const found = await ask('/contacts/find_by_external_id/u1')
    const statuses = [found.status, (await ask('/me')).status, (await ask('/me')).status]
    const counts = await emulator.stop()
    expect(await found.json()).toMatchObject({ email: 'ada@example.com' })
    expect(statuses).toEqual([200, 200, 429])
    expect(said.slice(0, 5)).toEqual([
      'An emulated Intercom listens there, for any access token. How to use it:',
      `  intercom-destination deliver FILE --to ${address}`,
      `  new IntercomClient({ token: 'ANY-TOKEN', baseUrl: '${address}' })    // intercom-client 7`,
      `  curl -H 'Authorization: Bearer ANY-TOKEN' ${address}/me`,
      'Users: 1, leads: 0, companies: 1. Everything is gone when Ctrl-C ends it.'
    ])
    expect(said.slice(5, 6)).toEqual(['GET /contacts/find_by_external_id/{id} 200'])
    expect(counts).toMatchObject({ users: 1, companies: 1, attachments: 1 })
  })
})

it('deliver finds the people of the workspace file', async () => {
  const event = { type: 'track', userId: 'u1', event: 'Opened', timestamp: '2024-01-01T00:00:00Z' }
  const file = write('track.ndjson', JSON.stringify(event))
  const { code, out } = await run(['deliver', file, '--workspace', write('seed.json', WORKSPACE)])
  expect(out).toContain('      1  of 1 event delivered\n')
  expect(code).toBe(0)
})
