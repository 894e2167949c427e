import { createEmulator, serve } from '@intercom-destinations/emulator'
import fs, { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runInside } from '../test-support/run-inside'

const timestamp = '2024-01-02T03:04:05Z'
const toIdentify = (userId: string) =>
  JSON.stringify({ type: 'identify', userId, timestamp, traits: { email: `${userId}@example.com` } })
const FILE = [toIdentify('ada'), 'no json', toIdentify('bob'), ''].join('\n')

let folder: string
let served: Awaited<ReturnType<typeof serve>>
let emulator: ReturnType<typeof createEmulator>

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'disk-'))
  emulator = createEmulator()
  served = await serve(emulator)
})

afterEach(async () => {
  jest.restoreAllMocks()
  await served.close()
  rmSync(folder, { recursive: true })
})

const inFolder = (name: string) => path.join(folder, name)
const state = () => inFolder('state')

function write(name: string, text: string): string {
  writeFileSync(inFolder(name), text)
  return inFolder(name)
}

const deliver = (file: string, more: string[] = [], options: Parameters<typeof runInside>[1] = {}) =>
  runInside(['deliver', file, '--to', served.url, '--json', ...more], { env: { XDG_STATE_HOME: state() }, ...options })

const journalFolder = () => path.join(state(), 'intercom-destination/journals')
const journalName = () => readdirSync(journalFolder()).find((name) => name.endsWith('.journal')) ?? ''

/** From now on every matching append fails, as on a full disk. Returns a function that ends it. */
function fill(isFull: (text: string) => boolean, code = 'ENOSPC') {
  const { appendFileSync } = fs
  const spy = jest.spyOn(fs, 'appendFileSync').mockImplementation((file, data, options) => {
    if (isFull(data.toString())) {
      // A full disk writes a part.
      appendFileSync(file, data.toString().slice(0, 3), options)
      throw Object.assign(new Error(`${code}: no space left on device, write`), { code })
    }
    appendFileSync(file, data, options)
  })
  return () => {
    spy.mockRestore()
  }
}

const held = () => emulator.state.contacts.map(({ external_id }) => external_id).sort()
const traces = (result: { out: string; err: string }) => /\n\s+at |ENOSPC|EISDIR|EROFS/.exec(result.out + result.err)

describe('a journal that cannot be written', () => {
  it('is reported before anything is delivered, when a folder has its name', async () => {
    const file = write('a.ndjson', FILE)
    await deliver(file)
    const journal = path.join(journalFolder(), journalName())
    rmSync(journal)
    mkdirSync(journal)
    const asked = emulator.requests.length
    for (const more of [[], ['--restart']]) {
      const result = await deliver(file, more)
      expect(result.err).toContain(
        `${journal} cannot be kept: a folder has its name. Move that away, or set XDG_STATE_HOME to a folder elsewhere.\nNothing was delivered.`
      )
      expect([result.code, result.out, traces(result)]).toEqual([2, '', null])
    }
    expect(emulator.requests.slice(asked).map(({ operation }) => operation)).toEqual(['GET /me', 'GET /me'])
  })

  it.each([
    ['EROFS', 'the disk is read-only. Set XDG_STATE_HOME'],
    ['EACCES', 'this user may not write there. Set XDG_STATE_HOME'],
    ['ENOSPC', 'there is no space left on the disk. Make room, or set XDG_STATE_HOME']
  ])('is reported before anything is delivered, when its folder fails with %s', async (code, words) => {
    const spy = jest.spyOn(fs, 'mkdirSync').mockImplementation(() => {
      throw Object.assign(new Error(`${code}: mkdir`), { code })
    })
    const result = await deliver(write('a.ndjson', FILE))
    spy.mockRestore()
    expect(result.err).toContain(words)
    expect([result.code, held(), /\n\s+at /.exec(result.err)]).toEqual([2, [], null])
  })

  it('is reported when a file has the name of its folder, and when its lock cannot be written', async () => {
    write('state', 'a file')
    const inTheWay = await deliver(write('a.ndjson', FILE))
    expect(inTheWay.err).toMatch(/cannot be kept: (a part of its path is a file|something else has its name)\./)
    rmSync(state())
    const spy = jest.spyOn(fs, 'writeFileSync').mockImplementation(() => {
      throw Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' })
    })
    const full = await deliver(inFolder('a.ndjson'))
    spy.mockRestore()
    expect(full.err).toContain('there is no space left on the disk')
    expect([inTheWay.code, full.code]).toEqual([2, 2])
  })

  it('ends the run in the middle of the file, and the next run loses nothing', async () => {
    const file = write('a.ndjson', FILE)
    const end = fill((text) => text.startsWith('d 1'))
    const broken = await deliver(file, ['-c', '1'])
    end()
    const summary = JSON.parse(broken.out)
    expect(summary).toMatchObject({ complete: false, brokeOff: { by: 'disk' } })
    expect(summary.brokeOff.reason).toMatch(
      /^The journal .* there is no space left on the disk\. Make room, or set XDG/
    )
    expect(broken.err).toContain('The same command continues from here.')
    expect([broken.code, traces(broken)]).toEqual([1, null])
    const rest = await deliver(file)
    expect(JSON.parse(rest.out)).toMatchObject({ complete: true, events: { delivered: 2 } })
    expect([rest.code, held()]).toEqual([0, ['ada', 'bob']])
  })

  it('is reported after the last line, and the summary is still printed', async () => {
    const end = fill((text) => text.includes('finishedAt'))
    const result = await deliver(write('a.ndjson', toIdentify('ada')))
    end()
    expect(JSON.parse(result.out)).toMatchObject({ complete: true, events: { delivered: 1 } })
    expect(result.err).toContain('cannot be kept: there is no space left on the disk')
    expect([result.code, traces(result)]).toEqual([1, null])
  })
})

describe('failed lines that cannot be written', () => {
  it('end the run, and the next run writes them', async () => {
    const file = write('a.ndjson', FILE)
    const end = fill((text) => text.startsWith('no json'))
    const broken = await deliver(file, ['-c', '1'])
    end()
    const summary = JSON.parse(broken.out)
    expect(summary.brokeOff.reason).toBe(
      `Failed lines cannot be kept in ${inFolder('a.failed.ndjson')}: there is no space left on the disk. Make room, or name another file with --failed.`
    )
    expect([summary.lines.unreadable, broken.code, traces(broken)]).toEqual([0, 1, null])
    const rest = await deliver(file)
    expect(JSON.parse(rest.out)).toMatchObject({ complete: true, lines: { unreadable: 1 } })
    // Nothing of the first attempt is left in it.
    expect(readFileSync(inFolder('a.failed.ndjson'), 'utf8')).toBe('no json\n')
    expect(held()).toEqual(['ada', 'bob'])
  })

  it('go into another file when the folder is read-only, and the run continues', async () => {
    const file = write('a.ndjson', FILE)
    const { openSync } = fs
    const spy = jest.spyOn(fs, 'openSync').mockImplementation((name, ...how) => {
      if (String(name).includes('a.failed')) throw Object.assign(new Error('EROFS: open'), { code: 'EROFS' })
      return openSync(name, ...how)
    })
    const broken = await deliver(file, ['-c', '1'])
    const rest = await deliver(file, ['--failed', inFolder('other.ndjson')])
    spy.mockRestore()
    expect(JSON.parse(broken.out).brokeOff.reason).toContain('the disk is read-only. Name another file with --failed.')
    expect(JSON.parse(rest.out)).toMatchObject({ complete: true, lines: { unreadable: 1 } })
    expect(readFileSync(inFolder('other.ndjson'), 'utf8')).toBe('no json\n')
  })

  it.each([
    ['a named file', ['a.ndjson', '--failed', '/no/such/folder/f.ndjson']],
    ['a pipe, which cannot be read again', ['-']]
  ])('are reported before anything is delivered, for %s', async (_, [file = '', ...more]) => {
    jest.spyOn(fs, 'accessSync').mockImplementation(() => {
      throw Object.assign(new Error('ENOENT: access'), { code: 'ENOENT' })
    })
    const result = await deliver(file === '-' ? file : write(file, FILE), more, {
      stdin: FILE,
      env: { XDG_STATE_HOME: state() }
    })
    expect(result.err).toMatch(
      /Failed lines could not be kept in .*: there is no such folder\. Name another file with --f/
    )
    expect([result.code, held()]).toEqual([2, []])
  })

  it('end the delivery of a pipe with the number of the line to continue from', async () => {
    const end = fill((text) => text.startsWith('no json'))
    const result = await deliver('-', ['-c', '1', '--failed', inFolder('f.ndjson')], {
      stdin: FILE,
      env: { XDG_STATE_HOME: state() }
    })
    end()
    expect(result.err).toContain('All lines up to 1 are dealt with. Pipe those after it in again.')
    expect(result.code).toBe(1)
  })
})

describe('an emulator that was restarted on its port', () => {
  it('is empty, so everything is delivered to it again', async () => {
    const file = write('a.ndjson', toIdentify('ada'))
    const [first, second] = [await deliver(file), await deliver(file)]
    expect(second.err).toContain('Nothing is left to do.')
    const { port } = served
    await served.close()
    emulator = createEmulator()
    served = await serve(emulator, { port })
    const third = await deliver(file)
    expect(third.err).not.toContain('Nothing is left to do.')
    expect([JSON.parse(first.out), JSON.parse(third.out)]).toMatchObject([
      { events: { delivered: 1 } },
      { events: { delivered: 1 } }
    ])
    expect(held()).toEqual(['ada'])
  })
})
