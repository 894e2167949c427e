import { createEmulator } from '../index'
import { ask } from '../test-support/ask'

const ADA = { external_id: 'ada-1', email: 'billing@corp.example' }

const after = async (sharedEmails: boolean, operations: readonly [operation: string, body: object][]) => {
  const emulator = createEmulator({ sharedEmails, seed: { contacts: [ADA] } })
  const statuses: number[] = []
  for (const [operation, body] of operations) statuses.push((await ask(emulator, operation, body)).status)
  return statuses
}

describe('one e-mail address for two users (sharedEmails)', () => {
  const SECOND: [string, object] = ['POST /contacts', { external_id: 'ada-2', email: 'Billing@corp.example' }]

  it('is a conflict unless the switch is on', async () => {
    expect(await after(false, [SECOND])).toEqual([409])
    expect(await after(true, [SECOND])).toEqual([200])
  })

  it('is a conflict all the same where one of the two has no external id', async () => {
    expect(await after(true, [['POST /contacts', { email: 'billing@corp.example' }]])).toEqual([409])
  })

  it('never lets two users share an external id', async () => {
    expect(await after(true, [['POST /contacts', { external_id: 'ada-1', email: 'new@corp.example' }]])).toEqual([409])
  })

  it('leaves an archived user alone, whose address a new user brings', async () => {
    const emulator = createEmulator({ sharedEmails: true, seed: { contacts: [{ ...ADA, status: 'archived' }] } })
    expect((await ask(emulator, 'POST /contacts', { ...ADA, external_id: 'ada-2' })).status).toBe(200)
    expect(emulator.state.contacts.map(({ status }) => status)).toEqual(['archived', 'active'])
  })

  it('makes the address ambiguous for an event', async () => {
    const event = { event_name: 'paid', created_at: 1_700_000_000, email: 'billing@corp.example' }
    expect(await after(true, [SECOND, ['POST /events', event]])).toEqual([200, 409])
  })

  it('lets a lead with that address become a user', async () => {
    const operations = async (sharedEmails: boolean) => {
      const seed = { contacts: [ADA, { id: 'b'.repeat(24), role: 'lead' as const, email: ADA.email }] }
      const emulator = createEmulator({ sharedEmails, seed })
      return (await ask(emulator, `PUT /contacts/${'b'.repeat(24)}`, { role: 'user', external_id: 'ada-2' })).status
    }
    expect([await operations(false), await operations(true)]).toEqual([409, 200])
  })
})
