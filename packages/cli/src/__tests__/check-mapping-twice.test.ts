import { openFolder } from '../test-support/open-folder'

const { run, write, remove } = openFolder()
afterAll(remove)

const path = (at: string) => ({ '@path': at })
const row = (name: string, more: object) => ({
  ...{ name, partnerAction: 'trackEvent', subscribe: 'type = "track"', enabled: true },
  ...more
})
const onWeb = (more: object = {}) =>
  row('On the page', { mapping: { event_name: path('$.event'), event_metadata: path('$.properties') }, ...more })
const onServer = (more: object = {}) =>
  row('On the server', {
    mapping: { event_name: path('$.event'), created_at: path('$.timestamp'), user_id: path('$.userId') },
    ...more
  })
const check = (...rows: object[]) => run(['check-mapping', write('both.json', JSON.stringify(rows))])

describe('check-mapping, with the mappings of both destinations', () => {
  it('says which events arrive twice, and what to do', async () => {
    const { code, out } = await check(onWeb(), onServer())
    expect(code).toBe(1)
    expect(out.replace(/\s+/g, ' ')).toContain(
      'What arrives twice: - From pages, “On the page” of Intercom Web (Actions) writes the same events, for example a track call “Sample”. If both destinations have the same source, Intercom counts each twice, unless both have the same second.'
    )
    expect(out.replace(/\s+/g, ' ')).toContain('add to this trigger: and context.library.name != "analytics.js"')
    expect(out).toContain('1 point to look at; see above.\nEvents that arrive twice: https://')
  })

  it.each([
    ['names that differ', { subscribe: 'type = "track" and event = "A"' }, { subscribe: 'event = "B"' }, false],
    ['a name that one of them takes', {}, { subscribe: 'type = "track" and event = "Paid"' }, true],
    [
      'a text that both ask for',
      { subscribe: 'type = "track" and properties.plan = "pro"' },
      { subscribe: 'type = "track" and properties.plan = "pro" and event != "Opened"' },
      true
    ],
    ['page calls', { subscribe: 'type = "page"' }, { subscribe: 'type = "page" or type = "screen"' }, true],
    ['other kinds of calls', { subscribe: 'type = "page"' }, {}, false],
    ['events of pages left out', {}, { subscribe: 'type = "track" and context.library.name != "analytics.js"' }, false],
    ['events of a server only', {}, { subscribe: 'type = "track" and context.library.name = "analytics-node"' }, false],
    ['one that is off', { enabled: false }, {}, false],
    ['the other one off', {}, { enabled: false }, false]
  ])('%s', async (_, web, cloud, isTwice) => {
    const { out } = await check(onWeb(web), onServer(cloud))
    expect(out.includes('What arrives twice')).toBe(isTwice)
  })

  it('people of both are no double: the later write replaces the earlier', async () => {
    const visitors = { partnerAction: 'identifyUser', mapping: { user_id: path('$.userId') } }
    const people = { partnerAction: 'identifyContact', mapping: { role: 'user', external_id: path('$.userId') } }
    const subscribe = 'type = "identify"'
    const { out, code } = await check(
      row('Visitors', { ...visitors, subscribe }),
      row('People', { ...people, subscribe })
    )
    expect(out).not.toContain('twice')
    expect(code).toBe(0)
  })
})
