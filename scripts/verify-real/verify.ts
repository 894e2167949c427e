import { randomBytes } from 'node:crypto'
import { createEmulator } from '../../packages/emulator/src'
import { createAsk, textBelow, type Ask, type Exchange, type Fetch } from './api'
import { CASES, EVENT_NAMES_CASE, type Case } from './cases'
import { createMade, type Cleaned } from './made'
import { doAgree, toAdvice, toCleanText, toTable, type Compared, type Failed } from './report'
import { HELP, readSettings, WrongUse, type Settings } from './settings'
import { ATTRIBUTES, type Finding } from './stage'
import { toTape } from './tape'

/** The environment of a run; a test passes its own. */
export interface Machine {
  readonly fetch: Fetch
  /** Milliseconds. */
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  readonly print: (line: string) => void
  /** Asks a yes-or-no question; undefined without a terminal. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined
  readonly writeFile: (path: string, text: string) => void
  /** True after Ctrl-C: no further case starts, and everything is removed. */
  readonly interrupted: () => boolean
}

export class Interrupted extends Error {}

interface Played {
  readonly findings: (Finding | Failed)[]
  readonly cleaned: Cleaned
}

/** The age of the first event of a run; each further event is one second newer. */
const EVENTS_BEGIN_SECONDS = 3_600

/** The reason of a failure, without an address or a token. */
const failureOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'no answer'
  return error.name === 'TimeoutError' ? 'no answer in 30 s' : error.name === 'TypeError' ? 'no answer' : error.message
}

/** Runs the cases with one service, and always removes what it created. */
const play = async (
  cases: readonly Case[],
  cleaning: Ask,
  { now, wait, interrupted }: Pick<Machine, 'now' | 'wait' | 'interrupted'>,
  report: (line: string) => void
): Promise<Played> => {
  const ask: Ask = (...asked) => (interrupted() ? Promise.reject(new Interrupted()) : cleaning(...asked))
  let isCleaning = false
  const made = createMade((...asked) => (isCleaning ? cleaning(...asked) : ask(...asked)))
  let second = Math.floor(now() / 1000) - EVENTS_BEGIN_SECONDS
  const stage = { ask, made, wait, run: `verify-${randomBytes(4).toString('hex')}`, nextSecond: () => (second += 1) }
  const findings: (Finding | Failed)[] = []
  try {
    for (const { name, dataType } of ATTRIBUTES) await made.attribute(name, dataType)
    for (const one of cases) {
      if (interrupted()) break
      report(one.name)
      findings.push(await one.run(stage).catch(onlyThisCase))
    }
  } catch (error) {
    // Without the attributes no case can run; each gets the reason.
    if (!(error instanceof Interrupted)) findings.push(...cases.map(() => ({ failed: failureOf(error) })))
  } finally {
    isCleaning = true
  }
  return { findings, cleaned: await made.clean() }
}

const onlyThisCase = (error: unknown): Failed => {
  if (error instanceof Interrupted) throw error
  return { failed: failureOf(error) }
}

/** Shows the workspace and asks for permission to write to it. Throws without permission. */
const agreeOnWorkspace = async (ask: Ask, { origin, yes }: Settings, { print, confirm }: Machine): Promise<void> => {
  const me = await ask('GET', '/me')
  if (me.status !== 200) throw new WrongUse(`The token is not accepted: GET /me answered ${me.status}.`)
  const app = (key: string) => textBelow(me.reply, 'app', key) ?? 'unknown'
  print(`This writes to the workspace "${app('name').replace(/[^\P{C}]/gu, '?')}" (${app('id_code')}) at ${origin}:`)
  print(
    'about thirty contacts, a company, events and three attributes. They are removed at the end; two event names stay.'
  )
  if (yes) return
  if (!confirm) throw new WrongUse('There is no terminal to ask on. Add --yes to write to this workspace.')
  if (!(await confirm('Is it a test workspace, and may it be written to?'))) throw new WrongUse('Nothing was written.')
}

const run = async (settings: Settings, machine: Machine): Promise<number> => {
  const { token, origin, eventNames, tapeFile } = settings
  const { fetch, print } = machine
  const cases = eventNames ? [...CASES, EVENT_NAMES_CASE] : CASES
  const exchanges: Exchange[] = []
  const real = createAsk({ ...machine, origin, token, fetch, listen: (exchange) => exchanges.push(exchange) })
  await agreeOnWorkspace(real, settings, machine)
  const { findings, cleaned } = await play(cases, real, machine, (line) => {
    print(`… ${line}`)
  })
  const emulator = createEmulator({ rateLimit: Infinity, clock: machine.now })
  const emulated = createAsk({ ...machine, origin: 'https://api.intercom.io', token: 'none', fetch: emulator.fetch })
  const quiet = { ...machine, wait: () => Promise.resolve(), interrupted: () => false }
  const expected = await play(cases, emulated, quiet, () => undefined)
  const compared = cases.flatMap((asked, place): Compared[] => {
    const [first, second] = [findings[place], expected.findings[place]]
    return first && second ? [{ asked, real: first, emulated: second }] : []
  })
  const tape = JSON.stringify(
    toTape(exchanges, `verify-real-${new Date(machine.now()).toISOString().slice(0, 10)}`),
    undefined,
    1
  )
  if (tape.includes(token)) throw new Error('The recording would contain the token, so it is not written.')
  machine.writeFile(tapeFile, `${tape}\n`)
  print(`\n${toTable(compared)}\n`)
  print(toCleanText(cleaned))
  print(toAdvice(compared, cases.length, tapeFile))
  return compared.length === cases.length && compared.every(doAgree) && cleaned.left.length === 0 ? 0 : 1
}

/** Runs `yarn verify:real` and returns the exit code. */
export const verify = async (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  machine: Machine
): Promise<number> => {
  if (argv.includes('--help')) {
    machine.print(HELP)
    return 0
  }
  try {
    return await run(readSettings(argv, env), machine)
  } catch (error) {
    machine.print(error instanceof WrongUse ? error.message : `The run failed: ${failureOf(error)}.`)
    return 1
  }
}
