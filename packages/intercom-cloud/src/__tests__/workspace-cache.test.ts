import { KnownValues } from '../state/known-values'
import type { WorkspaceCache } from '../state/workspace-cache'
import { openMemory } from '../test-support/open-memory'

const HOUR = 60 * 60 * 1000
const HOST = 'https://api.intercom.io'

const ada = { id: '1a', role: 'user', external_id: 'ada', email: 'Ada@Example.com' } as const
const lead = { id: '2b', role: 'lead', external_id: 'random', email: 'lead@example.com' } as const

describe('contacts', () => {
  test('finds a user by id and by external ID, with matching case', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact(ada))
    expect(act((cache) => cache.findContactById('1a')?.contact)).toMatchObject({ id: '1a', role: 'user' })
    expect(act((cache) => cache.findContact('external_id', 'ada')?.contact)).toMatchObject({
      id: '1a',
      role: 'user',
      external_id: 'ada'
    })
    expect(act((cache) => cache.findContact('external_id', 'ADA'))).toBeUndefined()
    expect(act((cache) => cache.findContactById('ada'))).toBeUndefined()
  })

  test('shows the address and the name that a call asks for, and for others a text that equals none', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact({ ...ada, name: 'Ada' }))
    const asked = act((cache) => {
      cache.names.hash('address', 'ada@example.com')
      return cache.findContact('external_id', 'ada')?.contact
    })
    expect(asked).toMatchObject({ id: '1a', role: 'user', external_id: 'ada', email: 'ada@example.com' })
    expect(asked?.name).toMatch(/^\(.{44}\)$/)
  })

  test('expires a contact an hour after it was last cached, with all of its names', () => {
    const { act, time } = openMemory()
    const find = () => act((cache) => cache.findContact('external_id', 'ada')?.id)
    act((cache) => cache.cacheContact(ada))
    time.now += HOUR / 2
    act((cache) => cache.cacheContact(ada))
    time.now += HOUR
    expect(find()).toBe('1a')
    time.now += 1
    expect(find()).toBeUndefined()
    expect(act((cache) => cache.findContactById('1a'))).toBeUndefined()
  })

  test('finds an evicted contact by none of its names', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact(ada))
    act((cache) => {
      cache.evictContact('1a')
    })
    act((cache) => {
      expect(cache.findContactById('1a')).toBeUndefined()
      expect(cache.findContact('external_id', 'ada')).toBeUndefined()
      expect(cache.findContact('email', 'ada@example.com')).toBeUndefined()
    })
  })

  test('does not find a contact by an address that it had before', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact(ada))
    act((cache) => cache.cacheContact({ ...ada, email: 'new@example.com' }))
    act((cache) => {
      cache.names.hash('address', 'new@example.com')
      expect(cache.findContact('email', 'ada@example.com')).toBeUndefined()
      expect(cache.findContact('external_id', 'ada')?.contact.email).toBe('new@example.com')
    })
  })

  test('keeps contacts, companies and tags with the same id separate', () => {
    const { act } = openMemory()
    act((cache) => {
      cache.cacheContact({ ...ada, id: 'x', external_id: 'x' })
      cache.cacheCompany('y', '9')
      cache.cacheTag('z', '8')
    })
    act((cache) => {
      expect([cache.findCompany('x'), cache.findTag('x')]).toEqual([undefined, undefined])
      expect([cache.findContactById('y'), cache.findTag('y')]).toEqual([undefined, undefined])
      expect([cache.findContactById('z'), cache.findCompany('z')]).toEqual([undefined, undefined])
    })
  })

  test('a call sees its own changes at once, and others see them when it publishes them', async () => {
    const { act, workspaces } = openMemory()
    const workspace = workspaces.forWorkspace(HOST, 'token')
    const own = workspace.openCache()
    own.cacheTag('VIP', '8')
    expect([own.findTag('VIP'), act((cache) => cache.findTag('VIP'))]).toEqual(['8', undefined])
    await workspace.publish(own)
    expect(act((cache) => cache.findTag('VIP'))).toBe('8')
    act((cache) => {
      cache.evictTag('VIP')
    })
    expect(own.findTag('VIP')).toBeUndefined()
  })
})

describe('leads', () => {
  const byUserId = (id: string) => (cache: WorkspaceCache) => cache.findContact('external_id', id)?.id

  test('finds a lead by Segment’s user id, not by Intercom’s random external ID', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact(lead, 'visitor-7'))
    expect(act(byUserId('visitor-7'))).toBe('2b')
    expect(act(byUserId('random'))).toBeUndefined()
  })

  test('a lead without such a user id has no external ID', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact(lead))
    expect(act(byUserId('random'))).toBeUndefined()
    expect(act((cache) => cache.findContactById('2b')?.contact.role)).toBe('lead')
  })

  test('a lead does not take the external ID from the user who has it', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact(ada))
    act((cache) => cache.cacheContact(lead, 'ada'))
    expect(act(byUserId('ada'))).toBe('1a')
  })

  test('a user replaces the lead with the same external ID, and a lead another lead', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact(lead, 'ada'))
    act((cache) => cache.cacheContact({ ...lead, id: '3c' }, 'ada'))
    expect(act(byUserId('ada'))).toBe('3c')
    act((cache) => cache.cacheContact(ada))
    expect(act(byUserId('ada'))).toBe('1a')
  })

  test('does not find a user by another user id than the own external ID', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact(ada, 'other'))
    expect(act(byUserId('other'))).toBeUndefined()
  })
})

describe('memberships', () => {
  const join = (company: string) => (cache: WorkspaceCache) => {
    cache.cacheContact(ada).markJoined(company)
  }
  const isMember = (company: string) => (cache: WorkspaceCache) => cache.findContactById('1a')?.isMemberOf(company)

  test('is a member for an hour, although the contact is cached again', () => {
    const { act, time } = openMemory()
    act(join('c1'))
    time.now += HOUR - 1
    act((cache) => cache.cacheContact(ada))
    expect(act(isMember('c1'))).toBe(true)
    time.now += 1
    expect(act(isMember('c1'))).toBe(false)
  })

  test('is a member for another hour after joining again, and none after leaving', () => {
    const { act, time } = openMemory()
    act(join('c1'))
    time.now += HOUR
    act(join('c1'))
    time.now += 1
    expect(act(isMember('c1'))).toBe(true)
    expect(act(isMember('c2'))).toBe(false)
    act((cache) => cache.findContactById('1a')?.markLeft('c1'))
    expect(act(isMember('c1'))).toBe(false)
  })

  test('a contact with two thousand companies starts again with the next one', () => {
    const { act } = openMemory()
    // Beside the companies a contact has its role and names.
    act((cache) => {
      const person = cache.cacheContact(ada)
      for (let number = 0; number < 1999; number++) person.markJoined(`c${number}`)
    })
    expect([act(isMember('c0')), act(isMember('c1998'))]).toEqual([true, true])
    act((cache) => cache.findContactById('1a')?.markJoined('c1999'))
    expect(act((cache) => cache.findContactById('1a'))).toBeUndefined()
    act((cache) => cache.cacheContact(ada))
    expect([act(isMember('c0')), act(isMember('c1999'))]).toEqual([false, true])
  })
})

describe('event times of values', () => {
  test('keeps the latest time of each attribute when the contact is cached again', () => {
    const { act } = openMemory()
    act((cache) => {
      const person = cache.cacheContact(ada)
      person.markWritten('name', 20)
      person.markWritten('name', 10)
      person.markWritten('phone', 5)
      const again = cache.cacheContact({ ...ada, email: 'new@example.com' })
      expect(['name', 'phone', 'avatar'].map((name) => again.writtenAt(name))).toEqual([20, 5, undefined])
    })
    act((cache) => {
      cache.findContactById('1a')?.markWritten('name', 15)
    })
    act((cache) => {
      const again = cache.cacheContact({ ...ada, email: 'new@example.com' })
      expect(['name', 'phone', 'avatar'].map((name) => again.writtenAt(name))).toEqual([20, 5, undefined])
    })
  })
})

describe('values that Intercom confirmed', () => {
  const toValues = ({ names }: WorkspaceCache, plan: unknown) =>
    new KnownValues(names.hashes, { plan }, {}, { unchanged: 'skip' })
  const isKnown = (plan: unknown) => (cache: WorkspaceCache) => {
    const company = cache.findCompany('acme')
    return company !== undefined && toValues(cache, plan).areKnown(company)
  }
  const confirm = (plan: unknown) => (cache: WorkspaceCache) => {
    toValues(cache, plan).confirm(cache.cacheCompany('acme', '9'))
  }
  const forget = (plan: unknown) => (cache: WorkspaceCache) => {
    toValues(cache, plan).forget(cache.cacheCompany('acme', '9'))
  }

  test('a value is known for a minute, and the same text of another attribute is not', () => {
    const { act, time } = openMemory()
    act(confirm('pro'))
    time.now += 59_999
    expect([act(isKnown('pro')), act(isKnown('free'))]).toEqual([true, false])
    expect(
      act((cache) => cache.findCompany('acme')?.isKnown('industry', cache.names.hashes.ofValue('plan', 'pro')))
    ).toBe(false)
    time.now += 1
    expect(act(isKnown('pro'))).toBe(false)
  })

  test('the text 1, the number 1 and true are three values', () => {
    const { act } = openMemory()
    act(confirm('1'))
    expect([act(isKnown('1')), act(isKnown(1)), act(isKnown(true))]).toEqual([true, false, false])
  })

  test('a value that a write replaces is not known, whatever became of the write', () => {
    const { act } = openMemory()
    act(confirm('pro'))
    act(forget('free'))
    expect([act(isKnown('pro')), act(isKnown('free'))]).toEqual([false, false])
  })

  test('a write that leaves the value as it is does not make it uncertain', () => {
    const { act } = openMemory()
    act(confirm('pro'))
    act(forget('pro'))
    expect(act(isKnown('pro'))).toBe(true)
  })
})

describe('companies and tags', () => {
  test('a company that was created again in Intercom has no times', () => {
    const { act } = openMemory()
    const writtenAt = (id: string) => (cache: WorkspaceCache) => cache.cacheCompany('acme', id).writtenAt('plan')
    act((cache) => {
      cache.cacheCompany('acme', '9').markWritten('plan', 10)
    })
    expect(act(writtenAt('9'))).toBe(10)
    expect(act(writtenAt('10'))).toBeUndefined()
    expect(act((cache) => cache.findCompany('acme')?.id)).toBe('10')
    act((cache) => {
      cache.evictCompany('acme')
    })
    expect(act((cache) => cache.findCompany('acme'))).toBeUndefined()
  })

  test('finds a tag regardless of case, until it is evicted', () => {
    const { act } = openMemory()
    act((cache) => {
      cache.cacheTag('VIP', '8')
    })
    expect(act((cache) => cache.findTag('vip'))).toBe('8')
    act((cache) => {
      cache.evictTag('Vip')
    })
    expect(act((cache) => cache.findTag('VIP'))).toBeUndefined()
  })

  test('an event is retried for the first time once an hour', () => {
    const { act, time } = openMemory()
    const isFirstRetry = (event: string) => (cache: WorkspaceCache) =>
      cache.isFirstRetry(cache.names.of('retry', event))
    expect([act(isFirstRetry('x')), act(isFirstRetry('x')), act(isFirstRetry('y'))]).toEqual([true, false, true])
    time.now += HOUR + 1
    expect(act(isFirstRetry('x'))).toBe(true)
  })
})

describe('limits', () => {
  test('an address finds its contact for an hour after the search, although the contact is seen again', () => {
    const { act, time } = openMemory()
    act((cache) => {
      cache.cacheContact(ada)
      cache.markSearched('ada@example.com')
    })
    time.now += HOUR - 1
    act((cache) => cache.cacheContact(ada))
    expect(act((cache) => cache.findContact('email', 'ada@example.com')?.id)).toBe('1a')
    time.now += 1
    expect(act((cache) => cache.findContact('email', 'ada@example.com'))).toBeUndefined()
    expect(act((cache) => cache.findContact('external_id', 'ada')?.id)).toBe('1a')
  })

  test('at most 50,000 records are kept, and the oldest one is removed first', () => {
    const { act, workspaces } = openMemory()
    act((cache) => {
      for (let number = 0; number < 50_000; number++) cache.cacheTag(`t${number}`, '8')
    })
    expect(workspaces.size).toBe(50_000)
    // Reading a record makes it the newest one.
    expect(act((cache) => cache.findTag('t0'))).toBe('8')
    act((cache) => {
      cache.cacheTag('t50000', '8')
    })
    expect(workspaces.size).toBe(50_000)
    act((cache) => {
      expect(['t0', 't1', 't2', 't50000'].map((name) => cache.findTag(name))).toEqual(['8', undefined, '8', '8'])
    })
  })

  test('at most 20,000 events are kept, and they never replace a contact', () => {
    const { act } = openMemory()
    act((cache) => cache.cacheContact(ada))
    act((cache) => {
      const records = Array.from({ length: 20_001 }, (_, number) => `event e${number}`)
      cache.markEventSubmitted(records)
    })
    act((cache) => {
      expect(['e0', 'e1', 'e20000'].map((event) => cache.wasEventSubmitted([`event ${event}`]))).toEqual([
        false,
        true,
        true
      ])
      expect(cache.findContactById('1a')?.id).toBe('1a')
    })
  })
})

describe('workspaces', () => {
  test('separates workspaces by token and host', () => {
    const { act } = openMemory()
    const isCached = (workspace: { host?: string; token?: string }) =>
      act((cache) => cache.findContactById('1a') !== undefined, workspace)
    act((cache) => cache.cacheContact(ada))
    expect(isCached({ token: 'other' })).toBe(false)
    expect(isCached({ host: 'https://api.eu.intercom.io' })).toBe(false)
    expect(isCached({ host: `${HOST}t`, token: 'oken' })).toBe(false)
    expect(isCached({})).toBe(true)
  })

  test('two events of one workspace share its turns and its rate limiter', () => {
    const { workspaces } = openMemory()
    const workspace = workspaces.forWorkspace(HOST, 'token')
    expect(workspaces.forWorkspace(HOST, 'token')).toBe(workspace)
    expect(workspaces.forWorkspace(HOST, 'other').state).not.toBe(workspace.state)
  })

  test('keeps a thousand workspaces, removes the one unused longest, and keeps its records', () => {
    const { act, workspaces } = openMemory()
    const workspace = workspaces.forWorkspace(HOST, 'token')
    act((cache) => cache.cacheContact(ada))
    for (let number = 0; number < 999; number++) workspaces.forWorkspace(HOST, `t${number}`)
    expect(workspaces.forWorkspace(HOST, 'token')).toBe(workspace)
    workspaces.forWorkspace(HOST, 't999')
    expect(workspaces.forWorkspace(HOST, 'token')).toBe(workspace)
    for (let number = 0; number < 1000; number++) workspaces.forWorkspace(HOST, `u${number}`)
    expect(workspaces.forWorkspace(HOST, 'token')).not.toBe(workspace)
    expect(act((cache) => cache.findContactById('1a')?.id)).toBe('1a')
  })
})
