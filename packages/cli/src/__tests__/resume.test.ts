import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { openFolder } from '../test-support/open-folder'
import { runBinary } from '../test-support/run-binary'
import { serveEmulator } from '../test-support/serve-emulator'

const files = openFolder()
const { run, write, folder, remove } = files
afterAll(remove)

const opened: { close: () => Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()))
})

/** An emulator that outlives the runs; it calls `onSubmitted` with the number of events that it was sent. */
async function openEmulator() {
  const watch: { onSubmitted: (count: number) => void } = { onSubmitted: () => undefined }
  const served = await serveEmulator({}, (count) => {
    watch.onSubmitted(count)
  })
  let closing: Promise<void> | undefined
  const close = () => (closing ??= served.close())
  opened.push({ close })
  return { ...served, close, watch }
}

const PEOPLE = 20
const EVENTS_EACH = 15
const SECONDS_OF = (person: number, event: number) => Date.UTC(2026, 10, 9, 8, person, event)

/** People who are identified and then do the same every second, so that no two events are the same for Intercom. */
function journey(): string {
  const people = Array.from({ length: PEOPLE }, (_, person) => `user-${person}`)
  const identifies = people.map((userId, person) => ({
    type: 'identify',
    userId,
    traits: { email: `${userId}@example.com` },
    timestamp: new Date(SECONDS_OF(person, 0)).toISOString()
  }))
  const tracks = Array.from({ length: EVENTS_EACH }, (_, event) =>
    people.map((userId, person) => ({
      type: 'track',
      userId,
      event: 'Clicked',
      timestamp: new Date(SECONDS_OF(person, event)).toISOString()
    }))
  ).flat()
  return [...identifies, ...tracks].map((event) => `${JSON.stringify(event)}\n`).join('')
}

function journals(): string[] {
  const state = path.join(folder, 'state/intercom-destination/journals')
  return readdirSync(state).map((name) => readFileSync(path.join(state, name), 'utf8'))
}

describe('a run that is killed and repeated', () => {
  it('delivers every event exactly once', async () => {
    const CONCURRENCY = 8
    const KILLS_AT = [30, 90, 180]
    const emulator = await openEmulator()
    const file = write('journey.ndjson', journey())
    const args = ['deliver', file, '--to', emulator.address, '--concurrency', String(CONCURRENCY), '--json']
    for (const killAt of KILLS_AT) {
      const killed = await runBinary(files, args, {
        onStart: (child) => {
          emulator.watch.onSubmitted = (submitted) => {
            if (submitted >= killAt) child.kill('SIGKILL')
          }
        }
      })
      expect(killed.code).toBeNull()
    }
    emulator.watch.onSubmitted = () => undefined
    const last = await run(args)
    expect(last.err).toMatch(/Continuing where an earlier run stopped: \d+ lines are done\./)
    expect(last.code).toBe(0)
    const summary = JSON.parse(last.out)
    expect(summary.complete).toBe(true)
    expect(summary.lines.earlier + summary.lines.read).toBe(PEOPLE * (EVENTS_EACH + 1))
    // Only events under way at a kill were sent twice.
    expect(emulator.submitted()).toBeLessThanOrEqual(PEOPLE * EVENTS_EACH + KILLS_AT.length * CONCURRENCY)
    const again = await run(args)
    expect(again.err).toContain('Nothing is left to do. --restart delivers it once more.')
    expect(again.code).toBe(0)
    expect(emulator.counts()).toMatchObject({ users: PEOPLE, leads: 0, events: PEOPLE * EVENTS_EACH })
  })

  it('keeps no token and no data of people in its journal', async () => {
    const emulator = await openEmulator()
    const event = { type: 'identify', userId: 'ada-lovelace', traits: { email: 'ada@example.com' } }
    const file = write('one.ndjson', `${JSON.stringify(event)}\n`)
    const { code, err, out } = await run(['deliver', file, '--to', emulator.address], {
      env: { INTERCOM_ACCESS_TOKEN: 'very-secret-token' }
    })
    expect(code).toBe(0)
    expect(err).toContain('Journal: ')
    expect([err, out, ...journals()].join('\n')).not.toMatch(/very-secret-token|ada@|ada-lovelace/)
  })
})

describe('a run that is stopped by Ctrl-C', () => {
  it('continues later, and loses and repeats nothing', async () => {
    const emulator = await openEmulator()
    const args = ['deliver', write('calm.ndjson', journey()), '--to', emulator.address, '--json']
    const stopped = await run(args, {
      onStart: (interrupt) => {
        emulator.watch.onSubmitted = (submitted) => {
          if (submitted === 60) interrupt()
        }
      }
    })
    expect(stopped.code).toBe(130)
    expect(stopped.err).toContain('The same command continues from here.')
    expect(JSON.parse(stopped.out)).toMatchObject({ stoppedEarly: true, complete: false, events: { rejected: 0 } })
    const rest = await run(args)
    expect(rest.code).toBe(0)
    expect(emulator.submitted()).toBe(PEOPLE * EVENTS_EACH)
    expect(emulator.counts()).toMatchObject({ users: PEOPLE, events: PEOPLE * EVENTS_EACH })
  })
})

describe('an Intercom that stops answering', () => {
  it('stops the run instead of failing the rest of the file', async () => {
    const emulator = await openEmulator()
    const args = ['deliver', write('away.ndjson', journey()), '--to', emulator.address, '--json']
    let closed: Promise<void> | undefined
    emulator.watch.onSubmitted = (submitted) => {
      if (submitted === 50) closed = emulator.close()
    }
    const { code, out } = await run(args)
    await closed
    const summary = JSON.parse(out)
    expect(summary.brokeOff).toEqual({
      by: 'intercom',
      reason: 'Intercom does not answer any more: 20 deliveries in a row failed.'
    })
    expect(summary.events.rejected).toBe(0)
    expect(summary.events.delivered).toBeGreaterThanOrEqual(PEOPLE)
    expect(code).toBe(3)
  })
})
