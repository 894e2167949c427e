import path from 'node:path'
import { readWorkspaceFile, toWorkspace } from '../workspace-file'

describe('toWorkspace', () => {
  it('takes an empty workspace', () => {
    expect(toWorkspace({})).toEqual({ contactAttributes: [], companyAttributes: [] })
  })

  it('takes names and attributes', () => {
    const workspace = {
      name: 'Acme',
      contactAttributes: [{ name: 'job_title', data_type: 'string' }],
      companyAttributes: [{ name: 'tier', data_type: 'string', options: ['gold', 'silver'] }]
    }
    expect(toWorkspace(workspace)).toEqual(workspace)
  })

  it.each([
    [[], 'an object was expected'],
    [{ contacts: [] }, '"contacts" is unknown; it may hold name, contactAttributes, companyAttributes'],
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

  it('says which file cannot be read', async () => {
    await expect(readWorkspaceFile('/nowhere/workspace.json')).rejects.toThrow(
      'The workspace file /nowhere/workspace.json cannot be read'
    )
  })

  it("lacks two of the example week's attributes on purpose", async () => {
    const file = path.join(__dirname, '../../../../examples/saas-week.workspace.json')
    const { contactAttributes = [], companyAttributes = [] } = await readWorkspaceFile(file)
    expect(contactAttributes.map(({ name }) => name)).not.toContain('referral_source')
    expect(companyAttributes.map(({ name }) => name)).not.toContain('account_manager')
  })
})
