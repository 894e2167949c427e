import { createEmulator, type EmulatorOptions } from '@intercom-destinations/emulator'
import { compareWorkspaces } from '../compare/compare-workspaces'

const compare = (ours: EmulatorOptions, theirs: EmulatorOptions, values = false) =>
  compareWorkspaces({
    ours: createEmulator(ours).state,
    theirs: createEmulator({ ...theirs, idSeed: 7 }).state,
    toAt: (kind, key) => (kind === 'contact' ? `the event of ${key}` : undefined),
    values
  })

const none = { onlyOurs: 0, onlyTheirs: 0, unequal: 0 }

describe('what two workspaces hold', () => {
  it('is alike when only the ids of Intercom differ', () => {
    const seed = {
      seed: {
        contacts: [
          { external_id: 'u1', email: 'ada@example.com', tags: ['vip'] },
          { role: 'lead' as const, email: 'l@example.com' }
        ],
        companies: [{ company_id: 'c1', name: 'Acme' }],
        attachments: [{ contact: 'u1', company: 'c1' }]
      }
    }
    expect(compare(seed, seed)).toEqual([])
  })

  it('differs by field: only here, only there, other values', () => {
    const rows = compare(
      { seed: { contacts: [{ external_id: 'u1', name: 'Ada', phone: '+49301234567' }] } },
      { seed: { contacts: [{ external_id: 'u1', name: 'ADA', email: 'ada@example.com' }] } }
    )
    const example = { at: 'the event of user u1' }
    expect(rows).toHaveLength(3)
    expect(rows).toContainEqual({ ...none, kind: 'contact', field: 'name', unequal: 1, example })
    expect(rows).toContainEqual({ ...none, kind: 'contact', field: 'phone', onlyOurs: 1, example })
    expect(rows).toContainEqual({ ...none, kind: 'contact', field: 'email', onlyTheirs: 1, example })
  })

  it('matches leads by address, and tells two of one address apart', () => {
    const lead = { role: 'lead' as const, email: 'Lead@example.com' }
    const rows = compare(
      { seed: { contacts: [lead] } },
      { seed: { contacts: [{ ...lead, email: 'lead@example.com' }, lead] } }
    )
    expect(rows).toContainEqual({
      ...none,
      kind: 'contact',
      field: '',
      onlyTheirs: 1,
      example: { at: 'the event of email lead@example.com #2' }
    })
  })

  it('shows a pair of values only when asked', () => {
    const ours = { seed: { companies: [{ company_id: 'c1', name: 'Acme', plan: 'pro' }] } }
    const theirs = { seed: { companies: [{ company_id: 'c1', name: 'Acme', plan: 'free' }] } }
    const row = { ...none, kind: 'company', field: 'plan', unequal: 1 }
    expect(compare(ours, theirs)).toEqual([{ ...row, example: { at: 'an event before' } }])
    expect(compare(ours, theirs, true)).toEqual([
      { ...row, example: { at: 'an event before', values: ['"pro"', '"free"'] } }
    ])
  })

  it('keeps its size when every contact has attributes of its own', () => {
    const names = [...Array(600).keys()].map((number) => `a${number}`)
    const contactAttributes = names.map((name) => ({ name, data_type: 'string' as const }))
    const custom_attributes = Object.fromEntries(names.map((name) => [name, 'x']))
    const rows = compare(
      { contactAttributes, seed: { contacts: [{ external_id: 'u1', custom_attributes }] } },
      { seed: { contacts: [{ external_id: 'u1' }] } }
    )
    expect(rows).toHaveLength(501)
    expect(rows[0]).toMatchObject({ field: 'others', onlyOurs: 100 })
  })
})
