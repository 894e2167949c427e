import { WorkspaceCaches } from '../state/workspace-cache'

const HOUR = 60 * 60 * 1000
const HOST = 'https://api.intercom.io'

/** The caches with a clock that the test sets, in milliseconds. */
function openCaches() {
  const time = { now: 1_704_164_645_000 }
  const caches = new WorkspaceCaches(() => time.now)
  return { time, caches, workspace: caches.forWorkspace(HOST, 'token') }
}

const ada = { id: '1a', role: 'user', external_id: 'ada', email: 'Ada@Example.com' } as const
const lead = { id: '2b', role: 'lead', external_id: 'random', email: 'lead@example.com' } as const

describe('contacts', () => {
  test('finds a user by id and by external ID, with matching case', () => {
    const { workspace } = openCaches()
    workspace.cacheContact(ada)
    expect(workspace.findContactById('1a')?.contact).toBe(ada)
    expect(workspace.findContact('external_id', 'ada')?.contact).toBe(ada)
    expect(workspace.findContact('external_id', 'ADA')).toBeUndefined()
    expect(workspace.findContactById('ada')).toBeUndefined()
  })

  test('expires a contact an hour after it was last cached, with all of its names', () => {
    const { workspace, time } = openCaches()
    workspace.cacheContact(ada)
    time.now += HOUR / 2
    workspace.cacheContact(ada)
    time.now += HOUR
    expect(workspace.findContact('external_id', 'ada')?.contact).toBe(ada)
    time.now += 1
    expect(workspace.findContact('external_id', 'ada')).toBeUndefined()
    expect(workspace.findContactById('1a')).toBeUndefined()
  })

  test('finds an evicted contact by none of its names', () => {
    const { workspace } = openCaches()
    workspace.cacheContact(ada)
    workspace.evictContact('1a')
    expect(workspace.findContactById('1a')).toBeUndefined()
    expect(workspace.findContact('external_id', 'ada')).toBeUndefined()
    expect(workspace.findContact('email', 'ada@example.com')).toBeUndefined()
  })

  test('does not find a contact by an address that it had before', () => {
    const { workspace } = openCaches()
    workspace.cacheContact(ada)
    workspace.cacheContact({ ...ada, email: 'new@example.com' })
    expect(workspace.findContact('email', 'ada@example.com')).toBeUndefined()
    expect(workspace.findContact('external_id', 'ada')?.contact.email).toBe('new@example.com')
  })

  test('keeps contacts, companies and tags with the same id separate', () => {
    const { workspace } = openCaches()
    workspace.cacheContact({ ...ada, id: 'x', external_id: 'x' })
    workspace.cacheCompany('y', '9')
    workspace.cacheTag('z', '8')
    expect([workspace.findCompany('x'), workspace.findTag('x')]).toEqual([undefined, undefined])
    expect([workspace.findContactById('y'), workspace.findTag('y')]).toEqual([undefined, undefined])
    expect([workspace.findContactById('z'), workspace.findCompany('z')]).toEqual([undefined, undefined])
  })
})

describe('leads', () => {
  test('finds a lead by Segment’s user id, not by Intercom’s random external ID', () => {
    const { workspace } = openCaches()
    workspace.cacheContact(lead, 'visitor-7')
    expect(workspace.findContact('external_id', 'visitor-7')?.contact).toBe(lead)
    expect(workspace.findContact('external_id', 'random')).toBeUndefined()
  })

  test('a lead without such a user id has no external ID', () => {
    const { workspace } = openCaches()
    workspace.cacheContact(lead)
    expect(workspace.findContact('external_id', 'random')).toBeUndefined()
    expect(workspace.findContactById('2b')?.contact).toBe(lead)
  })

  test('a lead does not take the external ID from the user who has it', () => {
    const { workspace } = openCaches()
    workspace.cacheContact(ada)
    workspace.cacheContact(lead, 'ada')
    expect(workspace.findContact('external_id', 'ada')?.contact).toBe(ada)
  })

  test('a user replaces the lead with the same external ID, and a lead another lead', () => {
    const { workspace } = openCaches()
    workspace.cacheContact(lead, 'ada')
    workspace.cacheContact({ ...lead, id: '3c' }, 'ada')
    expect(workspace.findContact('external_id', 'ada')?.contact.id).toBe('3c')
    workspace.cacheContact(ada)
    expect(workspace.findContact('external_id', 'ada')?.contact).toBe(ada)
  })

  test('does not find a user by another user id than the own external ID', () => {
    const { workspace } = openCaches()
    workspace.cacheContact(ada, 'other')
    expect(workspace.findContact('external_id', 'other')).toBeUndefined()
  })
})

describe('memberships', () => {
  test('is a member for an hour, although the contact is cached again', () => {
    const { workspace, time } = openCaches()
    workspace.cacheContact(ada).markJoined('c1', time.now)
    time.now += HOUR - 1
    expect(workspace.cacheContact(ada).isMemberOf('c1', time.now)).toBe(true)
    time.now += 1
    expect(workspace.cacheContact(ada).isMemberOf('c1', time.now)).toBe(false)
  })

  test('is a member for another hour after joining again, and none after leaving', () => {
    const { workspace, time } = openCaches()
    const person = workspace.cacheContact(ada)
    person.markJoined('c1', time.now)
    person.markJoined('c1', time.now + HOUR)
    expect(person.isMemberOf('c1', time.now + HOUR + 1)).toBe(true)
    expect(person.isMemberOf('c2', time.now)).toBe(false)
    person.markLeft('c1')
    expect(person.isMemberOf('c1', time.now + HOUR + 1)).toBe(false)
  })

  test('caches one hundred companies for each contact, and starts again with the next one', () => {
    const { workspace, time } = openCaches()
    const person = workspace.cacheContact(ada)
    for (let number = 0; number < 100; number++) person.markJoined(`c${number}`, time.now)
    expect([person.isMemberOf('c0', time.now), person.isMemberOf('c99', time.now)]).toEqual([true, true])
    person.markJoined('c100', time.now)
    expect([person.isMemberOf('c0', time.now), person.isMemberOf('c100', time.now)]).toEqual([false, true])
  })
})

describe('event times of values', () => {
  test('keeps the latest time of each attribute when the contact is cached again', () => {
    const { workspace } = openCaches()
    const person = workspace.cacheContact(ada)
    person.markWritten('name', 20)
    person.markWritten('name', 10)
    person.markWritten('phone', 5)
    const again = workspace.cacheContact({ ...ada, email: 'new@example.com' })
    expect(['name', 'phone', 'avatar'].map((name) => again.writtenAt(name))).toEqual([20, 5, undefined])
  })

  test('caches as many attributes as a contact can have, and starts again with the next one', () => {
    const { workspace } = openCaches()
    const person = workspace.cacheContact(ada)
    for (let number = 0; number < 270; number++) person.markWritten(`a${number}`, number)
    expect([person.writtenAt('a0'), person.writtenAt('a269')]).toEqual([0, 269])
    person.markWritten('a270', 270)
    expect([person.writtenAt('a0'), person.writtenAt('a270')]).toEqual([undefined, 270])
  })
})

describe('companies and tags', () => {
  test('a company that was created again in Intercom has no times', () => {
    const { workspace } = openCaches()
    workspace.cacheCompany('acme', '9').markWritten('plan', 10)
    expect(workspace.cacheCompany('acme', '9').writtenAt('plan')).toBe(10)
    expect(workspace.cacheCompany('acme', '10').writtenAt('plan')).toBeUndefined()
    expect(workspace.findCompany('acme')?.id).toBe('10')
    workspace.evictCompany('acme')
    expect(workspace.findCompany('acme')).toBeUndefined()
  })

  test('finds a tag regardless of case, until it is evicted', () => {
    const { workspace } = openCaches()
    workspace.cacheTag('VIP', '8')
    expect(workspace.findTag('vip')).toBe('8')
    workspace.evictTag('Vip')
    expect(workspace.findTag('VIP')).toBeUndefined()
  })

  test('an event is retried for the first time once an hour', () => {
    const { workspace, time } = openCaches()
    expect([workspace.isFirstRetry('x'), workspace.isFirstRetry('x'), workspace.isFirstRetry('y')]).toEqual([
      true,
      false,
      true
    ])
    time.now += HOUR + 1
    expect(workspace.isFirstRetry('x')).toBe(true)
  })
})

describe('limits', () => {
  test('an address finds its contact for an hour after the search, although the contact is seen again', () => {
    const { workspace, time } = openCaches()
    workspace.cacheContact(ada)
    workspace.markSearched('ada@example.com')
    time.now += HOUR - 1
    workspace.cacheContact(ada)
    expect(workspace.findContact('email', 'ada@example.com')?.contact).toBe(ada)
    time.now += 1
    expect(workspace.findContact('email', 'ada@example.com')).toBeUndefined()
    expect(workspace.findContact('external_id', 'ada')?.contact).toBe(ada)
  })

  test('at most 50,000 entries are kept, and the oldest one is removed first', () => {
    const { caches, workspace } = openCaches()
    for (let number = 0; number < 50_000; number++) workspace.cacheTag(`t${number}`, '8')
    expect(caches.size).toBe(50_000)
    // Reading an entry makes it the newest one.
    expect(workspace.findTag('t0')).toBe('8')
    workspace.cacheTag('t50000', '8')
    expect(caches.size).toBe(50_000)
    expect(['t0', 't1', 't2', 't50000'].map((name) => workspace.findTag(name))).toEqual(['8', undefined, '8', '8'])
  })

  test('at most 20,000 events are kept, and they never replace a contact', () => {
    const { workspace } = openCaches()
    workspace.cacheContact(ada)
    const keys = Array.from({ length: 20_001 }, (_, number) => `e${number}`)
    workspace.markEventSubmitted(keys)
    expect(['e0', 'e1', 'e20000'].map((key) => workspace.wasEventSubmitted([key]))).toEqual([false, true, true])
    expect(workspace.findContactById('1a')?.contact).toBe(ada)
  })
})

describe('workspaces', () => {
  test('separates workspaces by token and host', () => {
    const { caches, workspace } = openCaches()
    workspace.cacheContact(ada)
    expect(caches.forWorkspace(HOST, 'other').findContactById('1a')).toBeUndefined()
    expect(caches.forWorkspace('https://api.eu.intercom.io', 'token').findContactById('1a')).toBeUndefined()
    expect(caches.forWorkspace(`${HOST}t`, 'oken').findContactById('1a')).toBeUndefined()
    expect(caches.forWorkspace(HOST, 'token').findContactById('1a')?.contact).toBe(ada)
  })

  test('two events of one workspace share its mutex and its rate limiter', () => {
    const { caches, workspace } = openCaches()
    expect(caches.forWorkspace(HOST, 'token').mutex).toBe(workspace.mutex)
    expect(caches.forWorkspace(HOST, 'token').rateLimiter).toBe(workspace.rateLimiter)
    expect(caches.forWorkspace(HOST, 'other').mutex).not.toBe(workspace.mutex)
  })

  test('keeps a thousand workspaces, removes the one unused longest, and keeps its entries', () => {
    const { caches, workspace } = openCaches()
    workspace.cacheContact(ada)
    for (let number = 0; number < 999; number++) caches.forWorkspace(HOST, `t${number}`)
    expect(caches.forWorkspace(HOST, 'token')).toBe(workspace)
    caches.forWorkspace(HOST, 't999')
    expect(caches.forWorkspace(HOST, 'token')).toBe(workspace)
    for (let number = 0; number < 1000; number++) caches.forWorkspace(HOST, `u${number}`)
    const again = caches.forWorkspace(HOST, 'token')
    expect(again).not.toBe(workspace)
    expect(again.findContactById('1a')?.contact).toBe(ada)
  })
})
