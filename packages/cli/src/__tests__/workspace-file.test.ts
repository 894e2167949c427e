import path from 'node:path'
import { readWorkspaceFile, toWorkspace } from '../input/workspace-file'

describe('toWorkspace', () => {
  it('accepts an empty workspace', () => {
    expect(toWorkspace({})).toEqual({ contactAttributes: [], companyAttributes: [] })
  })

  it('accepts names and attributes', () => {
    const workspace = {
      name: 'Acme',
      contactAttributes: [{ name: 'job_title', data_type: 'string' }],
      companyAttributes: [{ name: 'tier', data_type: 'string', options: ['gold', 'silver'] }]
    }
    expect(toWorkspace(workspace)).toEqual(workspace)
  })

  it('accepts every kind of thing that the emulator can be seeded with', () => {
    const workspace = {
      contactAttributes: [{ name: 'plan', data_type: 'string', archived: true }],
      companyAttributes: [],
      contacts: [
        { external_id: 'u1', email: null, custom_attributes: { plan: 'pro' }, tags: ['vip'], status: 'archived' }
      ],
      companies: [{ company_id: 'acme', monthly_spend: 12 }],
      attachments: [{ contact: 'u1', company: 'acme' }],
      tags: [{ name: 'vip' }],
      admins: [{ id: '7', name: 'Ada', email: 'ada@example.com' }],
      subscriptionTypes: [{ name: 'News', consent_type: 'opt_in', content_types: ['email'] }],
      visitors: [{ user_id: 'v1' }]
    }
    expect(toWorkspace(workspace)).toEqual(workspace)
  })

  it.each([
    [[], 'an object was expected'],
    [
      { people: [] },
      '"people" is unknown; it may hold name, contactAttributes, companyAttributes, contacts, companies, attachments, tags, admins, subscriptionTypes, visitors'
    ],
    [{ contacts: [{ userId: 'u1' }] }, 'contacts[0].userId is unknown; it may hold id, role, external_id, email,'],
    [{ contacts: [{}, { role: 'admin' }] }, 'contacts[1].role must be one of user, lead'],
    [{ contacts: [{ email: 1 }] }, 'contacts[0].email must be a text or null'],
    [{ contacts: [{ signed_up_at: 1_780_000_000_000 }] }, 'contacts[0].signed_up_at must be a time in Unix seconds'],
    [{ companies: [{ name: 'Acme' }] }, 'companies[0].company_id must be a text'],
    [{ companies: ['Acme'] }, 'companies[0] must be an object with "company_id"'],
    [{ tags: [{}] }, 'tags[0].name must be a text'],
    [{ admins: [{ id: '1', name: 'Ada' }] }, 'admins[0].email must be a text'],
    [
      { subscriptionTypes: [{ name: 'News', consent_type: 'maybe' }] },
      'subscriptionTypes[0].consent_type must be one of opt_in, opt_out'
    ],
    [
      { contacts: [{ id: 'c1', custom_attributes: { plan: 'pro' } }] },
      "contact c1 has the custom attribute 'plan'; declare it in contactAttributes first"
    ],
    [
      { contacts: [{ external_id: 'u1' }], attachments: [{ contact: 'u1', company: 'acme' }] },
      "an attachment names the company 'acme', which is not there"
    ],
    [{ name: 1 }, '"name" must be a text'],
    [{ contactAttributes: {} }, '"contactAttributes" must be a list'],
    [{ contactAttributes: ['x'] }, 'contactAttributes[0] must be an object with "name" and "data_type"'],
    [{ contactAttributes: [{ data_type: 'string' }] }, 'contactAttributes[0].name must be a text'],
    [
      { companyAttributes: [{ name: 'seats', data_type: 'number' }] },
      'companyAttributes[0].data_type must be one of string, integer, float, boolean, date, datetime'
    ],
    [
      { companyAttributes: [{ name: 'tier', data_type: 'string', options: [1] }] },
      'companyAttributes[0].options must be a list of texts'
    ],
    [
      {
        contactAttributes: [
          { name: 'a', data_type: 'string' },
          { name: 'a', data_type: 'float' }
        ]
      },
      'contactAttributes[1] declares "a" a second time'
    ]
  ])('refuses %j', (value, message) => {
    expect(() => toWorkspace(value)).toThrow(message)
  })

  it('reports which file cannot be read', async () => {
    await expect(readWorkspaceFile('/nowhere/workspace.json')).rejects.toThrow(
      'The workspace file /nowhere/workspace.json cannot be read'
    )
  })

  it('lacks two attributes of the example week on purpose', async () => {
    const file = path.join(__dirname, '../../../../examples/saas-week.workspace.json')
    const { contactAttributes = [], companyAttributes = [] } = await readWorkspaceFile(file)
    expect(contactAttributes.map(({ name }) => name)).not.toContain('referral_source')
    expect(companyAttributes.map(({ name }) => name)).not.toContain('account_manager')
  })
})
