import { createEmulator, type EmulatorOptions } from '../index'
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

  it('is a conflict in any case if one of the two has no external id', async () => {
    expect(await after(true, [['POST /contacts', { email: 'billing@corp.example' }]])).toEqual([409])
  })

  it('never lets two users share an external id', async () => {
    expect(await after(true, [['POST /contacts', { external_id: 'ada-1', email: 'new@corp.example' }]])).toEqual([409])
  })

  it('lets a new user have the address of an archived one', async () => {
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

describe('the other switches, off and on', () => {
  const EVENT = { event_name: 'paid', created_at: 1_700_000_000, user_id: 'ada-1' }
  const seed = {
    contacts: [
      { ...ADA, id: 'a'.repeat(24) },
      { external_id: 'bob', id: 'b'.repeat(24) }
    ]
  }
  const contactAttributes = [
    { name: 'plan', data_type: 'string' as const },
    { name: 'renewal', data_type: 'date' as const }
  ]
  const send = async (options: EmulatorOptions, operation: string, body: object) => {
    const emulator = createEmulator({ seed, contactAttributes, ...options })
    const { status } = await ask(emulator, operation, body)
    return { status, emulator }
  }

  it.each<[switched: EmulatorOptions, operation: string, body: object, off: number, on: number]>([
    [{ freeEmails: true }, 'POST /contacts', { email: 'no-address' }, 400, 200],
    [{ earlyDates: true }, 'POST /contacts', { external_id: 'n', signed_up_at: -147_484_800 }, 400, 200],
    [{ earlyDates: true }, 'POST /contacts', { external_id: 'n', custom_attributes: { renewal: -1 } }, 400, 200],
    [{ earlyDates: true }, 'POST /events', { ...EVENT, created_at: -1 }, 400, 202],
    [{ longTexts: 'cut' }, 'POST /contacts', { external_id: 'n', name: 'x'.repeat(256) }, 400, 200],
    [{ longTexts: 'kept' }, 'POST /contacts', { external_id: 'x'.repeat(256) }, 400, 200],
    [{ longTexts: 'kept' }, 'POST /companies', { company_id: 'x'.repeat(256) }, 400, 200],
    [{ longTexts: 'kept' }, 'POST /events', { ...EVENT, event_name: 'x'.repeat(256) }, 400, 202],
    [{ longTexts: 'cut' }, 'POST /events', { ...EVENT, metadata: { a: 'x'.repeat(256) } }, 400, 202],
    [{ refusesMetadataKeys: true }, 'POST /events', { ...EVENT, metadata: { 'a.b': 1 } }, 202, 400],
    [{ refusesMetadataKeys: true }, 'POST /events', { ...EVENT, metadata: { a$: 1 } }, 202, 400],
    [{ refusesMetadataKeys: true }, 'POST /events', { ...EVENT, metadata: { 'a b_c-d': 1 } }, 202, 202],
    [{ refusesSeveralIdentifiers: true }, 'POST /events', { ...EVENT, id: 'b'.repeat(24) }, 202, 400]
  ])('%j: %s %j', async (switched, operation, body, off, on) => {
    expect([(await send({}, operation, body)).status, (await send(switched, operation, body)).status]).toEqual([
      off,
      on
    ])
  })

  it('longTexts: a text is cut to 255 characters, without splitting an emoji', async () => {
    const name = '😀'.repeat(256)
    const { emulator } = await send({ longTexts: 'cut' }, 'POST /contacts', { external_id: 'n', name })
    expect(emulator.state.contacts.at(-1)?.name).toBe('😀'.repeat(255))
  })

  it('metadataKeys: ten keys are kept, or twenty, in the order sent', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 21 }, (_, key) => [`k${key}`, key]))
    const kept = async (metadataKeys: 10 | 20) => {
      const { emulator } = await send({ metadataKeys }, 'POST /events', { ...EVENT, metadata })
      return emulator.state.events.map((event) => [Object.keys(event.metadata).length, event.ignoredKeys.length])
    }
    expect([await kept(10), await kept(20)]).toEqual([[[10, 11]], [[20, 1]]])
  })

  it('several identifiers: Intercom’s own id has precedence', async () => {
    const { emulator } = await send({}, 'POST /events', { ...EVENT, id: 'b'.repeat(24) })
    expect(emulator.state.events).toMatchObject([{ contactId: 'b'.repeat(24) }])
  })

  it('countsEventNames: the 121st name is refused, known names are accepted', async () => {
    const emulator = createEmulator({ seed, countsEventNames: true })
    const submit = async (event_name: string) => (await ask(emulator, 'POST /events', { ...EVENT, event_name })).status
    for (let name = 1; name <= 120; name += 1) await submit(`name ${name}`)
    expect([await submit('name 121'), await submit('Name 1')]).toEqual([422, 202])
  })
})
