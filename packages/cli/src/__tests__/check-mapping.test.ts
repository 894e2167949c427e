import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { destination as web } from '@intercom-destinations/intercom-web'
import { ownFieldMappings, savedMappings } from '@intercom-destinations/scenarios'
import { checkMappings, readCheckedRows } from '../mappings/check-mapping'
import { DIFFERENCES } from '../mappings/differences'
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
    expect(out).toContain('People\n  Intercom Cloud Mode (Actions): Identify Contact, for: type = "identify" and\n')
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

  it('loses no visitor that the mapping converts', async () => {
    const visitor = { convert_visitor: 'true', visitor_id: { '@path': '$.context.intercom.visitor_id' } }
    const row = { ...PEOPLE, subscribe: 'type = "identify"', mapping: { role: 'user', external_id: 'u1', ...visitor } }
    const { code, out } = await run(['check-mapping', write('visitor.json', JSON.stringify(row))])
    expect(out).toContain('Convert Visitor: "true"\n  Visitor ID: $.context.intercom.visitor_id\n  Nothing is lost.')
    expect(code).toBe(0)
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

  it('has an answer for every saved mapping of the book, in either destination', async () => {
    const book = [...savedMappings, ...ownFieldMappings]
    const rows = book.map(({ title, action, subscribe, mapping }) => ({
      ...{ name: title, partnerAction: action, subscribe, mapping, enabled: true }
    }))
    const checks = await checkMappings(readCheckedRows(rows))
    const names = { cloud: 'Intercom Cloud Mode (Actions)', web: 'Intercom Web (Actions)' }
    expect(checks.length).toBeGreaterThanOrEqual(75)
    expect(checks.map(({ name, destination }) => [name, destination])).toEqual(
      book.map(({ title, half }) => [title, names[half]])
    )
    const unanswered = checks.filter(
      (check) => 'problem' in check || check.fields.length === 0 || check.differences.length === 0
    )
    expect(unanswered).toEqual([])
  })
})

const VISITORS = {
  name: 'Visitors',
  partnerAction: 'identifyUser',
  subscribe: 'type = "identify" or type = "page"',
  enabled: true,
  mapping: {
    user_id: { '@path': '$.userId' },
    custom_traits: { plan: { '@path': '$.traits.plan' }, user_hash: { '@path': '$.traits.hash' } },
    company: { company_id: { '@path': '$.traits.company.id' }, company_custom_traits: { '@path': '$.traits.company' } },
    companies: {
      '@arrayPath': ['$.traits.companies', { company_id: { '@path': '$.id' }, name: { '@path': '$.name' } }]
    }
  }
}
const CLICKS = {
  name: 'Clicks',
  partnerAction: 'trackEvent',
  subscribe: 'type = "track"',
  enabled: true,
  mapping: { event_name: { '@path': '$.event' }, event_metadata: { '@path': '$.properties' } }
}
const ORDERS = {
  name: 'Orders',
  partnerAction: 'trackEvent',
  subscribe: 'type = "track"',
  enabled: true,
  mapping: {
    event_name: { '@path': '$.event' },
    created_at: { '@path': '$.timestamp' },
    user_id: { '@path': '$.userId' }
  }
}

describe('check-mapping with mappings of the web destination', () => {
  const check = async (json: unknown) => {
    const { code, out } = await run(['check-mapping', write('web.json', JSON.stringify(json))])
    // A terminal breaks lines at spaces.
    return { code, out, text: out.replace(/\s+/g, ' ') }
  }

  it('says in the same words what each does, loses and does otherwise than today', async () => {
    const { code, out, text } = await check([VISITORS])
    expect(code).toBe(1)
    expect(out).toContain(
      'Visitors\n  Intercom Web (Actions): Identify User, for: type = "identify" or type = "page"\n'
    )
    expect(out).toContain('  Custom Traits: plan from $.traits.plan, user_hash from $.traits.hash\n')
    expect(text).toContain('Companies: each of $.traits.companies: company_id from $.id, name from $.name')
    expect(text).toContain('- custom_attributes.user_hash: ')
    expect(text).not.toContain('- compan')
    expect(text).toContain('Today it loses the whole identify.')
    expect(out).toContain('1 point to look at; see above.\n')
  })

  it('tells an event of the page from one of the server by its fields', async () => {
    const { text } = await check([CLICKS, ORDERS])
    expect(text).toContain('Clicks Intercom Web (Actions): Track Event, for: type = "track"')
    expect(text).toContain('Orders Intercom Cloud Mode (Actions): Track Event, for: type = "track"')
    expect(text).not.toContain('What is lost')
  })

  it.each([
    [
      'a text with Liquid, which a page does not render',
      { ...CLICKS, mapping: { ...CLICKS.mapping, event_name: { '@liquid': '{{ event | upcase }}' } } },
      '- mapping: A page does not render @liquid, and sends the text as it stands.'
    ],
    [
      'a trigger that never comes',
      { ...CLICKS, subscribe: 'type = "screen"' },
      '- A page makes no screen calls, so no event comes through this mapping.'
    ],
    [
      'a command without what it needs',
      { ...CLICKS, partnerAction: 'messengerCommand', mapping: { command: 'show_article' } },
      '- content_id: '
    ],
    [
      'a company without an id',
      {
        ...CLICKS,
        partnerAction: 'identifyCompany',
        subscribe: 'type = "group"',
        mapping: { company: { plan: { '@path': '$.traits.plan' } } }
      },
      '- company: '
    ],
    [
      'a company without a name',
      {
        ...CLICKS,
        partnerAction: 'identifyCompany',
        subscribe: 'type = "group"',
        mapping: { company: { company_id: { '@path': '$.groupId' }, company_custom_traits: { '@path': '$.traits' } } }
      },
      '- company is sent, but '
    ]
  ])('names %s', async (_, row, expected) => {
    const { code, text } = await check([row])
    expect(code).toBe(1)
    expect(text).toContain(expected)
  })

  it.each([
    [
      'an action of another destination',
      { name: 'Deals', partnerAction: 'upsertDeal', subscribe: 'type = "track"', mapping: {} },
      'Deals [1].partnerAction is "upsertDeal", which is an action of neither Intercom Cloud Mode (Actions) nor Intercom Web (Actions). Take the row out, or name one of their actions: identifyContact, '
    ],
    [
      'an id that fits nothing',
      { name: 'Deals', actionId: 'kAs8', trigger: 'type = "track"', settings: { amount: 1 } },
      'Deals [1].actionId is "kAs8", which does not say which action it is, and its settings fit none. Add "actionSlug" with one of '
    ],
    [
      'an id that fits an action of each',
      { name: 'Anyone', actionId: 'kAs8', trigger: 'type = "identify"', settings: { email: { '@path': '$.email' } } },
      'which does not say which action it is, and its settings fit several. Add "actionSlug" with one of '
    ],
    [
      'a field that its action does not have',
      { ...VISITORS, name: 'Wrong', mapping: { ...VISITORS.mapping, emial: 'x' } },
      'Wrong Intercom Web (Actions) This row cannot be used: [1].mapping.emial is no field of identifyUser; it has user_id, '
    ],
    [
      'a field that only the other destination has, beside its own',
      { ...CLICKS, name: 'Mixed', mapping: { ...CLICKS.mapping, user_id: 'x' } },
      'Mixed Intercom Web (Actions) This row cannot be used: [1].mapping.user_id is no field of trackEvent; it has event_name, '
    ],
    [
      'a row without the time that the server needs',
      { ...ORDERS, name: 'Timeless', mapping: { event_name: 'x', user_id: 'x', email: 'x' } },
      'Timeless Intercom Cloud Mode (Actions) This row cannot be used: [1].mapping.created_at is missing, and trackEvent cannot run without it.'
    ],
    [
      'a row that is equally wrong for both',
      { ...ORDERS, name: 'Neither', mapping: { event_name: 'x', user_id: 'x' } },
      'Neither As a row of Intercom Cloud Mode (Actions): [1].mapping.created_at is missing, and trackEvent cannot run without it. As a row of Intercom Web (Actions): [1].mapping.user_id is no field of trackEvent; it has event_name, '
    ],
    ['what is no row', 7, 'Row 2 This row cannot be used: [1] must be an object with "partnerAction"']
  ])('says what to do with %s, and checks the other rows', async (_, row, expected) => {
    const { code, text } = await check([ORDERS, row])
    expect(code).toBe(1)
    expect(text).toContain(expected)
    expect(text).toContain('Orders Intercom Cloud Mode (Actions): Track Event')
    expect(text).toContain('1 point to look at; see above.')
  })

  it('reads both destinations from the Public API and from Terraform', async () => {
    const rows = [VISITORS, CLICKS, ORDERS]
    const api = rows.map(({ name, partnerAction, enabled, subscribe, mapping }) => ({
      ...{ id: name, name, actionId: `id of ${name}`, actionSlug: partnerAction, enabled },
      ...{ trigger: subscribe, settings: mapping }
    }))
    const terraform = rows.map(({ name, enabled, subscribe, mapping }) => ({
      type: 'segment_destination_subscription',
      values: { name, action_id: `id of ${name}`, enabled, trigger: subscribe, settings: JSON.stringify(mapping) }
    }))
    const saved = await check(rows)
    expect((await check({ data: { subscriptions: api } })).out).toBe(saved.out)
    expect((await check({ values: { root_module: { resources: terraform } } })).out).toBe(saved.out)
  })
})

it.each([
  ['web', web.presets],
  ['cloud', intercomCloud().presets]
])('the presets of the %s destination lose nothing', async (_, presets) => {
  const checks = await checkMappings(readCheckedRows(presets.map((preset) => ({ ...preset, enabled: true }))))
  expect(checks.map((check) => ['problem' in check ? check.problem : check.lost])).toEqual([[[]], [[]], [[]]])
})

it('every field whose difference is named is a field of its action', () => {
  const actions = { cloud: new Map(Object.entries(intercomCloud().actions)), web: new Map(Object.entries(web.actions)) }
  const unknown = DIFFERENCES.filter(({ half, action, fields }) => {
    const known = Object.keys(actions[half].get(action)?.fields ?? {})
    return known.length === 0 || fields.some((field) => !known.includes(field))
  })
  expect(unknown).toEqual([])
})
