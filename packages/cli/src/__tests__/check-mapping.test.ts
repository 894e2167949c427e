import { isJsonObject, parseSubscriptionRows } from '@intercom-destinations/delivery'
import { savedMappings } from '@intercom-destinations/scenarios'
import { checkMappings } from '../mappings/check-mapping'
import { openFolder } from '../test-support/open-folder'

const { run, write, remove } = openFolder()
afterAll(remove)

const PEOPLE = {
  name: 'People',
  partnerAction: 'identifyContact',
  subscribe: 'type = "identify" and',
  enabled: true,
  mapping: {
    role: 'user',
    external_id: { '@path': '$.userId' },
    name: { '@template': '{{traits.first}} {{traits.last}}' },
    custom_attributes: { plan: { '@path': '$.traits.plan' }, last_request_at: { '@path': '$.traits.seen' } }
  }
}
const STRANGERS = {
  name: 'Events of strangers',
  partnerAction: 'trackEvent',
  subscribe: 'type = "track"',
  enabled: false,
  mapping: { event_name: { '@path': '$.event' }, created_at: { '@path': '$.timestamp' } }
}

describe('check-mapping', () => {
  it('says what each mapping does, loses and does otherwise than today', async () => {
    const { code, out } = await run(['check-mapping', write('mine.json', JSON.stringify([PEOPLE, STRANGERS]))])
    expect(code).toBe(1)
    expect(out).toContain('People\n  Identify Contact, for: type = "identify" and\n')
    expect(out).toContain('  Name: “{{traits.first}} {{traits.last}}”\n')
    expect(out).toContain('  Custom Attributes: plan from $.traits.plan, last_request_at from $.traits.seen\n')
    expect(out).toContain('- subscribe: Segment reads this trigger as: type = "identify"')
    expect(out).toMatch(/- custom_attributes\.last_request_at: /)
    expect(out).not.toMatch(/- custom_attributes\.plan: /)
    expect(out).toContain('Events of strangers (off)\n')
    expect(out).toContain('- A sample event is refused: The event has neither a user id nor an e-mail')
    expect(out).toContain('3 points to look at; see above.\n')
  })

  it('ends with 0 where nothing is lost, and prints JSON on request', async () => {
    const fine = { ...PEOPLE, subscribe: 'type = "identify"', mapping: { ...PEOPLE.mapping, custom_attributes: {} } }
    const { code, out } = await run(['check-mapping', write('fine.json', JSON.stringify(fine)), '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject([{ name: 'People', action: 'Identify Contact', enabled: true, lost: [] }])
  })

  it('reads no attribute from a prototype', async () => {
    const odd = { ...PEOPLE, mapping: { ...PEOPLE.mapping, phone: { '@path': '$.traits.__proto__.phone' } } }
    const { code } = await run(['check-mapping', write('odd.json', JSON.stringify(odd))])
    expect([code, Reflect.get({}, 'phone')]).toEqual([1, undefined])
  })

  it('takes a text for an attribute that is named like a part of every object', async () => {
    const picked = { hasOwnProperty: { '@path': '$.traits.maker' } }
    const odd = { ...PEOPLE, subscribe: 'type = "identify"', mapping: { ...PEOPLE.mapping, custom_attributes: picked } }
    const { code, out } = await run(['check-mapping', write('named.json', JSON.stringify(odd))])
    expect(out).toContain('Custom Attributes: hasOwnProperty from $.traits.maker\n  Nothing is lost.')
    expect(code).toBe(0)
  })

  const book = savedMappings.filter(({ half }) => half === 'cloud')

  it('has an answer for every saved mapping of the book', async () => {
    const rows = book.map(({ title, action, subscribe, mapping }) => ({
      ...{ name: title, partnerAction: action, subscribe, mapping, enabled: true }
    }))
    const checks = await checkMappings(parseSubscriptionRows(rows.filter(isJsonObject)))
    expect(checks.length).toBeGreaterThanOrEqual(50)
    expect(checks.map(({ name }) => name)).toEqual(book.map(({ title }) => title))
    expect(checks.filter(({ fields, differences }) => fields.length === 0 || differences.length === 0)).toEqual([])
  })
})
