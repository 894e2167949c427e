import { Memory } from '../memory'

const HOUR = 60 * 60 * 1000
const HOST = 'https://api.intercom.io'

/** The cache with a clock that the test sets, in milliseconds. */
function openMemory() {
  const time = { now: 1_704_164_645_000 }
  const memory = new Memory(() => time.now)
  return { time, memory, workspace: memory.ofWorkspace(HOST, 'token') }
}

const ada = { id: '1a', role: 'user', external_id: 'ada', email: 'Ada@Example.com' } as const
const lead = { id: '2b', role: 'lead', external_id: 'random', email: 'lead@example.com' } as const

describe('people', () => {
  test('a user is found by id and by external ID, whose case counts', () => {
    const { workspace } = openMemory()
    workspace.rememberPerson(ada)
    expect(workspace.findPersonById('1a')?.contact).toBe(ada)
    expect(workspace.findPerson('external_id', 'ada')?.contact).toBe(ada)
    expect(workspace.findPerson('external_id', 'ADA')).toBeUndefined()
    expect(workspace.findPersonById('ada')).toBeUndefined()
  })

  test('a person is forgotten an hour after they were last seen, with all their names', () => {
    const { workspace, time } = openMemory()
    workspace.rememberPerson(ada)
    time.now += HOUR / 2
    workspace.rememberPerson(ada)
    time.now += HOUR
    expect(workspace.findPerson('external_id', 'ada')?.contact).toBe(ada)
    time.now += 1
    expect(workspace.findPerson('external_id', 'ada')).toBeUndefined()
    expect(workspace.findPersonById('1a')).toBeUndefined()
  })

  test('who was forgotten is found by none of their names', () => {
    const { workspace } = openMemory()
    workspace.rememberPerson(ada)
    workspace.forgetPerson('1a')
    expect(workspace.findPersonById('1a')).toBeUndefined()
    expect(workspace.findPerson('external_id', 'ada')).toBeUndefined()
    expect(workspace.findPerson('email', 'ada@example.com')).toBeUndefined()
  })

  test('an address that a person had before leads to them no more', () => {
    const { workspace } = openMemory()
    workspace.rememberPerson(ada)
    workspace.rememberPerson({ ...ada, email: 'new@example.com' })
    expect(workspace.findPerson('email', 'ada@example.com')).toBeUndefined()
    expect(workspace.findPerson('external_id', 'ada')?.contact.email).toBe('new@example.com')
  })

  test('an id of a person is no id of a company or a tag, and the other way round', () => {
    const { workspace } = openMemory()
    workspace.rememberPerson({ ...ada, id: 'x', external_id: 'x' })
    workspace.rememberCompany('y', '9')
    workspace.rememberTag('z', '8')
    expect([workspace.findCompany('x'), workspace.findTag('x')]).toEqual([undefined, undefined])
    expect([workspace.findPersonById('y'), workspace.findTag('y')]).toEqual([undefined, undefined])
    expect([workspace.findPersonById('z'), workspace.findCompany('z')]).toEqual([undefined, undefined])
  })
})

describe('leads', () => {
  test('a lead is found by the user id that Segment gives it, and not by Intercom’s random one', () => {
    const { workspace } = openMemory()
    workspace.rememberPerson(lead, 'visitor-7')
    expect(workspace.findPerson('external_id', 'visitor-7')?.contact).toBe(lead)
    expect(workspace.findPerson('external_id', 'random')).toBeUndefined()
  })

  test('a lead without such a user id has no external ID', () => {
    const { workspace } = openMemory()
    workspace.rememberPerson(lead)
    expect(workspace.findPerson('external_id', 'random')).toBeUndefined()
    expect(workspace.findPersonById('2b')?.contact).toBe(lead)
  })

  test('a lead does not take the external ID from the user who has it', () => {
    const { workspace } = openMemory()
    workspace.rememberPerson(ada)
    workspace.rememberPerson(lead, 'ada')
    expect(workspace.findPerson('external_id', 'ada')?.contact).toBe(ada)
  })

  test('a user takes the external ID from the lead who had it, and a lead from a lead', () => {
    const { workspace } = openMemory()
    workspace.rememberPerson(lead, 'ada')
    workspace.rememberPerson({ ...lead, id: '3c' }, 'ada')
    expect(workspace.findPerson('external_id', 'ada')?.contact.id).toBe('3c')
    workspace.rememberPerson(ada)
    expect(workspace.findPerson('external_id', 'ada')?.contact).toBe(ada)
  })

  test('a user id that Segment sent for a user makes no second name: the user’s own external ID counts', () => {
    const { workspace } = openMemory()
    workspace.rememberPerson(ada, 'other')
    expect(workspace.findPerson('external_id', 'other')).toBeUndefined()
  })
})

describe('memberships', () => {
  test('a person who joined is in the company for an hour, although they are seen again and again', () => {
    const { workspace, time } = openMemory()
    workspace.rememberPerson(ada).joined('c1', time.now)
    time.now += HOUR - 1
    expect(workspace.rememberPerson(ada).isIn('c1', time.now)).toBe(true)
    time.now += 1
    expect(workspace.rememberPerson(ada).isIn('c1', time.now)).toBe(false)
  })

  test('who joins again is in it for another hour; who left is not', () => {
    const { workspace, time } = openMemory()
    const person = workspace.rememberPerson(ada)
    person.joined('c1', time.now)
    person.joined('c1', time.now + HOUR)
    expect(person.isIn('c1', time.now + HOUR + 1)).toBe(true)
    expect(person.isIn('c2', time.now)).toBe(false)
    person.left('c1')
    expect(person.isIn('c1', time.now + HOUR + 1)).toBe(false)
  })

  test('one hundred companies are remembered of a person; one more begins anew', () => {
    const { workspace, time } = openMemory()
    const person = workspace.rememberPerson(ada)
    for (let number = 0; number < 100; number++) person.joined(`c${number}`, time.now)
    expect([person.isIn('c0', time.now), person.isIn('c99', time.now)]).toEqual([true, true])
    person.joined('c100', time.now)
    expect([person.isIn('c0', time.now), person.isIn('c100', time.now)]).toEqual([false, true])
  })
})

describe('when values were true', () => {
  test('the latest time of each attribute counts, and it survives a new answer about the person', () => {
    const { workspace } = openMemory()
    const person = workspace.rememberPerson(ada)
    person.wrote('name', 20)
    person.wrote('name', 10)
    person.wrote('phone', 5)
    const again = workspace.rememberPerson({ ...ada, email: 'new@example.com' })
    expect(['name', 'phone', 'avatar'].map((name) => again.writtenAt(name))).toEqual([20, 5, undefined])
  })

  test('as many attributes as a contact can have are remembered; one more begins anew', () => {
    const { workspace } = openMemory()
    const person = workspace.rememberPerson(ada)
    for (let number = 0; number < 270; number++) person.wrote(`a${number}`, number)
    expect([person.writtenAt('a0'), person.writtenAt('a269')]).toEqual([0, 269])
    person.wrote('a270', 270)
    expect([person.writtenAt('a0'), person.writtenAt('a270')]).toEqual([undefined, 270])
  })
})

describe('companies and tags', () => {
  test('a company that was made anew in Intercom has no history', () => {
    const { workspace } = openMemory()
    workspace.rememberCompany('acme', '9').wrote('plan', 10)
    expect(workspace.rememberCompany('acme', '9').writtenAt('plan')).toBe(10)
    expect(workspace.rememberCompany('acme', '10').writtenAt('plan')).toBeUndefined()
    expect(workspace.findCompany('acme')?.id).toBe('10')
    workspace.forgetCompany('acme')
    expect(workspace.findCompany('acme')).toBeUndefined()
  })

  test('a tag is found whatever the case of its name, until it is forgotten', () => {
    const { workspace } = openMemory()
    workspace.rememberTag('VIP', '8')
    expect(workspace.findTag('vip')).toBe('8')
    workspace.forgetTag('Vip')
    expect(workspace.findTag('VIP')).toBeUndefined()
  })

  test('something is put off for the first time once an hour', () => {
    const { workspace, time } = openMemory()
    expect([workspace.isFirstTime('x'), workspace.isFirstTime('x'), workspace.isFirstTime('y')]).toEqual([
      true,
      false,
      true
    ])
    time.now += HOUR + 1
    expect(workspace.isFirstTime('x')).toBe(true)
  })
})

describe('workspaces', () => {
  test('what one workspace taught is no other’s, by token and by host', () => {
    const { memory, workspace } = openMemory()
    workspace.rememberPerson(ada)
    expect(memory.ofWorkspace(HOST, 'other').findPersonById('1a')).toBeUndefined()
    expect(memory.ofWorkspace('https://api.eu.intercom.io', 'token').findPersonById('1a')).toBeUndefined()
    expect(memory.ofWorkspace(`${HOST}t`, 'oken').findPersonById('1a')).toBeUndefined()
    expect(memory.ofWorkspace(HOST, 'token').findPersonById('1a')?.contact).toBe(ada)
  })

  test('two events of one workspace share its queue and its rate limit', () => {
    const { memory, workspace } = openMemory()
    expect(memory.ofWorkspace(HOST, 'token').turns).toBe(workspace.turns)
    expect(memory.ofWorkspace(HOST, 'token').pacer).toBe(workspace.pacer)
    expect(memory.ofWorkspace(HOST, 'other').turns).not.toBe(workspace.turns)
  })

  test('a thousand workspaces are kept at hand; the one unused longest goes, and what was learned of it stays', () => {
    const { memory, workspace } = openMemory()
    workspace.rememberPerson(ada)
    for (let number = 0; number < 999; number++) memory.ofWorkspace(HOST, `t${number}`)
    expect(memory.ofWorkspace(HOST, 'token')).toBe(workspace)
    memory.ofWorkspace(HOST, 't999')
    expect(memory.ofWorkspace(HOST, 'token')).toBe(workspace)
    for (let number = 0; number < 1000; number++) memory.ofWorkspace(HOST, `u${number}`)
    const again = memory.ofWorkspace(HOST, 'token')
    expect(again).not.toBe(workspace)
    expect(again.findPersonById('1a')?.contact).toBe(ada)
  })
})
