import { printableLines } from '@intercom-destinations/cli'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { openWorkbench, type OpenedWorkbench, type OpenOptions } from './open-workbench'
import { readSessionFile, SessionError, type Session } from './session/read-session'
import { SHOP_WRITE_KEY } from './tracking/tracking-key'

/** Unlikely to be in use. It is fixed, so that links and settings keep working. */
const DEFAULT_PORT = 4311
const MAX_PORT = 65_535

/** Those of `intercom-destination`. */
const EXIT_CODES = { ended: 0, checkFailed: 1, usage: 2 } as const

const HELP = `
The workbench has a demo shop and an emulated Intercom. Click in the shop, point
any Segment library at it, or drop a file of events on the page. No account is
needed. It answers to this machine only, and Ctrl-C ends it.

Exit codes:
  0    it was ended, or --check found everything
  1    --check found that something is not served
  2    the arguments are wrong, the port cannot be used, or the file is no session
`

interface Typed {
  readonly port: number
  readonly open: boolean
  readonly check: boolean
  readonly writeKey?: string
  readonly session?: string
}

/**
 * Serves the workbench until a signal ends it.
 * @param name The command that was typed, for the help
 * @returns The exit code of the process
 */
export async function runWorkbench(args: readonly string[], name: string): Promise<number> {
  const program = new Command(name)
    .description('Opens a page on this machine that shows what becomes of a Segment event in Intercom.')
    .option('-p, --port <N>', 'the port; 0 takes a free one', toPort, DEFAULT_PORT)
    .option('--write-key <KEY>', 'the write key for Segment libraries; a new one each time without it', toWriteKey)
    .option('--session <FILE>', 'open what a colleague exported: mappings, settings, workspace and events')
    .option('--no-open', 'do not open a browser')
    .option('--check', 'serve, load the page once as a browser would, and exit', false)
    .configureOutput({
      writeErr: (text) => {
        process.stderr.write(printableLines(text))
      }
    })
    .exitOverride()
    .addHelpText('after', HELP)
    .showHelpAfterError('Add --help to see how it is used.')
  try {
    program.parse(args, { from: 'user' })
    const typed = program.opts<Typed>()
    const options = await toOptions(typed)
    if (typed.check) return await check(options)
    const opened = await open(options, typed.port, program)
    // Before the address is printed: a program that reads it may send a signal at once.
    const ended = untilSignal(opened.close)
    announce(opened, options.session)
    if (typed.open) await openBrowser(opened.url)
    await ended
    return EXIT_CODES.ended
  } catch (error) {
    // Commander has printed it. Asking for the help is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ended : EXIT_CODES.usage
    if (error instanceof SessionError) {
      print(`${error.message}\nAdd --help to see how it is used.`)
      return EXIT_CODES.usage
    }
    throw error
  }
}

type Options = Omit<OpenOptions, 'port'>

async function toOptions({ writeKey, session }: Typed): Promise<Options> {
  return {
    ...(writeKey === undefined ? {} : { writeKey }),
    ...(session === undefined ? {} : { session: await readSessionFile(session) })
  }
}

function open(options: Options, port: number, program: Command): Promise<OpenedWorkbench> {
  return openWorkbench({ ...options, port }).catch((error: unknown) => {
    if (!isPortRefused(error)) throw error
    if (program.getOptionValueSource('port') !== 'default') {
      program.error(`Port ${port} cannot be used (${error.code}). Choose another with --port, or 0 for a free one.`)
    }
    print(`Port ${port} is taken, perhaps by another workbench. Using a free one.`)
    return openWorkbench({ ...options, port: 0 })
  })
}

function announce({ url, workbench: { writeKey } }: OpenedWorkbench, session: Session | undefined): void {
  process.stdout.write(`${url}\n`)
  print(
    [
      'Open it in a browser. It has a demo shop; no account is needed, and nothing leaves this machine.',
      ...(session ? [toSessionText(session)] : []),
      `Segment libraries: host ${url}, write key ${writeKey}`,
      'Ctrl-C ends it, and forgets everything.'
    ].join('\n')
  )
}

function toSessionText({ events, forgotten }: Session): string {
  const sent = `The session has ${events.length} ${events.length === 1 ? 'event' : 'events'}, which the emulated Intercom gets once more.`
  return forgotten === 0 ? sent : `${sent} The ${forgotten} before them were not in the file.`
}

/** Calls `close` at the first signal. A second one ends the process at once. */
function untilSignal(close: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const signals = ['SIGINT', 'SIGTERM'] as const
    const end = () => {
      for (const signal of signals) process.off(signal, end)
      close().then(resolve, reject)
    }
    for (const signal of signals) process.on(signal, end)
  })
}

/** Whether the page and the files that it loads are served. It takes a free port, not that of an open workbench. */
async function check(options: Options): Promise<number> {
  const { url, close } = await openWorkbench({ ...options, port: 0 })
  try {
    for (const file of ['/', '/app.js', '/app.css', '/api/catalog', '/api/state']) {
      const response = await fetch(url + file)
      const size = (await response.arrayBuffer()).byteLength
      print(`${response.status} ${file} ${size} bytes`)
      if (!response.ok || size === 0) return EXIT_CODES.checkFailed
    }
    return EXIT_CODES.ended
  } finally {
    await close()
  }
}

/** Opens a browser only in an interactive session. Failures are ignored, because the address was printed. */
async function openBrowser(url: string): Promise<void> {
  const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
  if (!process.stdout.isTTY || !hasScreen || process.env.CI !== undefined) return
  const { default: openInBrowser } = await import('open')
  await openInBrowser(url).catch(() => undefined)
}

/** Libraries send it as a user name of basic authentication, which ends at a colon. */
function toWriteKey(text: string): string {
  if (/^[\w-]+$/.test(text) && text !== SHOP_WRITE_KEY) return text
  throw new InvalidArgumentError('It is made of letters, digits, _ and -, and is not the one of the demo shop.')
}

function toPort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (port >= 0 && port <= MAX_PORT) return port
  throw new InvalidArgumentError(`It takes a whole number from 0 to ${MAX_PORT}.`)
}

/** The port is in use, or needs privileges. */
const isPortRefused = (error: unknown): error is Error & { code: 'EADDRINUSE' | 'EACCES' } =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')

function print(text: string): void {
  process.stderr.write(`${printableLines(text)}\n`)
}
