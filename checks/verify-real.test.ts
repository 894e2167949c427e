import {
  createEmulator,
  serve,
  type Emulator,
  type EmulatorOptions,
  type Served
} from '@intercom-destinations/emulator'
import { verify, type Machine } from '../scripts/verify-real/verify'

const TOKEN = 'dG9rOnNlY3JldA=='
const NOW = 1_764_000_000_000

interface Run {
  code: number
  printed: string
  tape: string | undefined
}

let served: Served
let emulator: Emulator

const open = async (options: EmulatorOptions = {}) => {
  emulator = createEmulator({ clock: () => NOW, ...options })
  served = await serve(emulator)
}

afterEach(async () => {
  await served.close()
})

const play = async (argv: string[] = ['--yes'], machine: Partial<Machine> = {}, env: object = {}): Promise<Run> => {
  const lines: string[] = []
  let tape: string | undefined
  const code = await verify(
    [...argv, '--host', served.url],
    { INTERCOM_TOKEN: TOKEN, ...env },
    {
      fetch,
      now: () => NOW,
      wait: () => Promise.resolve(),
      print: (line) => lines.push(line),
      confirm: undefined,
      writeFile: (_path, text) => {
        tape = text
      },
      interrupted: () => false,
      ...machine
    }
  )
  return { code, printed: lines.join('\n'), tape }
}

/** What a run has left behind. */
const left = () => ({
  contacts: emulator.state.contacts.filter(({ status }) => status !== 'deleted').length,
  companies: emulator.state.companies.length,
  attributes: emulator.state.dataAttributes.filter(({ archived, model }) => model === 'contact' && !archived).length
})
const NOTHING = { contacts: 0, companies: 0, attributes: 0 }

const answersOf = ({ printed }: Run, name: string): string[] => {
  const row = printed.split('\n').find((line) => line.startsWith(`| ${name} `))
  return (row ?? '')
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim())
}

describe('yarn verify:real', () => {
  it('a workspace that does as the emulator: 0, and nothing of the run is left', async () => {
    await open()
    const run = await play()
    expect(run.printed).toContain('This writes to the workspace "Emulated Workspace" (emulated)')
    expect(run.printed).toContain('All 21 cases agree: commit verify-real-tape.json as a witness')
    expect(run.code).toBe(0)
    expect(left()).toEqual(NOTHING)
  })

  it('a workspace that does otherwise: 1, each difference with the place to change, and nothing is left', async () => {
    await open({ sharedEmails: true, longTexts: 'cut', earlyDates: true, freeEmails: true, metadataKeys: 20 })
    const run = await play()
    expect(run.code).toBe(1)
    expect(answersOf(run, 'a second user with the same e-mail address')).toEqual(['200', '409 conflict', 'NO'])
    expect(answersOf(run, 'a company_id of 256 characters')).toEqual(['200, 255 kept', '400 parameter_invalid', 'NO'])
    expect(answersOf(run, 'a date attribute before 1970')[0]).toBe('200, stored as -147484800')
    expect(answersOf(run, 'twenty-one metadata keys')).toEqual([
      ...['202, 20 of 21 keys kept', '202, 10 of 21 keys kept', 'NO']
    ])
    expect(answersOf(run, 'an owner who is no admin')[2]).toBe('yes')
    expect(run.printed).toContain('  sharedEmails in packages/emulator/src/model/unknowns.ts')
    expect(left()).toEqual(NOTHING)
  })

  it('the answer of POST /events is told with its content type and its body', async () => {
    await open()
    emulator.fault({
      match: { path: '/events' },
      status: 202,
      body: '<html>',
      headers: { 'Content-Type': 'text/html' }
    })
    const [real] = answersOf(await play(), 'the answer of POST /events')
    expect(real).toBe('202, text/html, another body')
  })

  it('an event that is not listed yet is no finding, and nothing to change', async () => {
    await open()
    emulator.fault({ match: { path: '/events', method: 'GET' }, status: 200, body: { events: [] }, times: Infinity })
    const run = await play()
    expect(answersOf(run, 'eleven metadata keys')[0]).toBe('the event was not listed within 15 s')
    expect(run.printed).toContain('6 cases had no answer')
  })

  it('the names of events are filled up only where that is asked for', async () => {
    await open({ countsEventNames: true })
    expect((await play()).printed).not.toContain('121st')
    const [real] = answersOf(await play(['--yes', '--event-names']), 'the 121st event name')
    expect(real).toMatch(/^422 data_invalid, at name \d+$/)
  })

  it('a second run brings the archived attributes back and archives them again', async () => {
    await open()
    expect([(await play()).code, (await play()).code]).toEqual([0, 0])
    expect(emulator.state.dataAttributes.filter(({ model }) => model === 'contact')).toHaveLength(3)
    expect(left()).toEqual(NOTHING)
  })
})

describe('what verify:real writes down', () => {
  it('is a tape like the committed ones, without token, admin, workspace or foreign addresses', async () => {
    await open({ workspace: { id_code: 'secret-workspace', name: 'Ada & Sons' } })
    emulator.seed({ contactAttributes: [{ name: 'diagnosis', data_type: 'string' }] })
    const { tape = '' } = await play()
    const exchanges: unknown = JSON.parse(tape)
    expect(exchanges).toContainEqual(
      expect.objectContaining({ tape: 'verify-real-2025-11-24', method: 'POST', path: '/events', status: 202 })
    )
    for (const secret of [TOKEN, 'secret-workspace', 'Ada & Sons', 'Admin', 'diagnosis', '"/me"', 'authorization']) {
      expect(tape).not.toContain(secret)
    }
    const addresses = tape.match(/[^\s"=<>]+@[^\s"<>]+/g) ?? []
    expect(addresses.filter((address) => !address.endsWith('@example.com'))).toEqual([])
  })
})

describe('what verify:real refuses', () => {
  it.each([
    ['no token', ['--yes'], { INTERCOM_TOKEN: ' ' }, 'INTERCOM_TOKEN is not set'],
    [
      'another host',
      ['--yes', '--host', 'https://intercom.example'],
      {},
      '--host takes an address of this machine only'
    ],
    ['a host that looks like it', ['--yes', '--host', 'http://127.0.0.1.example'], {}, '--host takes an address'],
    ['a host with a password', ['--yes', '--host', 'http://a:b@127.0.0.1'], {}, '--host takes an address'],
    ['an unknown region', ['--yes', '--region', 'mars'], {}, '--region is one of'],
    ['an unknown option', ['--token', 'x'], {}, 'An option is unknown'],
    ['CI', ['--yes'], { CI: 'true' }, 'it does not run in CI']
  ])('%s', async (_what, argv, env, reason) => {
    await open()
    const calls: string[] = []
    const lines: string[] = []
    const code = await verify(
      argv,
      { INTERCOM_TOKEN: TOKEN, ...env },
      {
        fetch: (url) => {
          calls.push(url)
          return Promise.reject(new Error('not to be called'))
        },
        now: () => NOW,
        wait: () => Promise.resolve(),
        print: (line) => lines.push(line),
        confirm: undefined,
        writeFile: () => undefined,
        interrupted: () => false
      }
    )
    expect([code, calls]).toEqual([1, []])
    expect(lines.join()).toContain(reason)
    expect(lines.join()).not.toContain(TOKEN)
  })

  it.each([
    ['there is no terminal and no --yes', undefined, 'There is no terminal to ask on.'],
    ['the answer is no', () => Promise.resolve(false), 'Nothing was written.']
  ])('to write where %s', async (_what, confirm, reason) => {
    await open()
    const run = await play([], { confirm })
    expect([run.code, run.tape]).toEqual([1, undefined])
    expect(run.printed).toContain(reason)
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(['GET /me'])
  })

  it('to hand its token to where a redirect leads', async () => {
    await open()
    emulator.fault({ match: { path: '/me' }, status: 302, headers: { Location: `${served.url}/contacts` } })
    expect((await play()).printed).toContain('GET /me answered 302')
    expect(emulator.requests).toHaveLength(1)
  })
})

describe('whatever happens, verify:real takes away what it made', () => {
  it('after Ctrl-C', async () => {
    await open({ longTexts: 'kept' })
    const run = await play(['--yes'], { interrupted: () => emulator.state.companies.length > 0 })
    expect(run.code).toBe(1)
    expect(run.printed).toMatch(/Interrupted after \d of 21 cases; run it again\./)
    expect(run.tape).toBeDefined()
    expect(left()).toEqual(NOTHING)
  })

  it('where the answer of a create was lost', async () => {
    await open()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, trouble: 'lost-answer' })
    const run = await play()
    expect(answersOf(run, 'a second user with the same e-mail address')).toEqual(['no answer', '409 conflict', 'NO'])
    expect(left()).toEqual(NOTHING)
  })

  it('where the rate limit was reached', async () => {
    await open()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, status: 429, times: 3 })
    const waited: number[] = []
    const wait = (ms: number) => {
      waited.push(ms)
      return Promise.resolve()
    }
    expect((await play(['--yes'], { wait })).code).toBe(0)
    expect(waited).toEqual([2000, 2000, 2000])
  })

  it('and names what it could not take away', async () => {
    await open()
    emulator.fault({ match: { method: 'DELETE', path: /^\/contacts/ }, status: 500 })
    const run = await play()
    expect(run.code).toBe(1)
    expect(run.printed).toMatch(/STILL THERE, remove by hand:\n {2}the contact verify-[0-9a-f]{8}-[\w-]+: 500/)
  })

  it('where the attributes may not be made: each case says why', async () => {
    await open()
    emulator.fault({ match: { path: '/data_attributes' }, status: 403, times: Infinity })
    const run = await play()
    expect([run.code, answersOf(run, 'eleven metadata keys')[0]]).toEqual([
      ...[1, 'The attribute verify_real_text could not be made: 403']
    ])
    expect(run.printed).toContain('21 cases had no answer')
    expect(left()).toEqual(NOTHING)
  })
})
