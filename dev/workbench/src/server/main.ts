import { printableLines } from '@intercom-destinations/cli'
import { Command, InvalidArgumentError } from 'commander'
import { openWorkbench } from './open-workbench'
import { SHOP_WRITE_KEY } from './tracking/tracking-key'

/** Unlikely to be in use. It is fixed, so that links and settings keep working. */
const DEFAULT_PORT = 4311
const MAX_PORT = 65_535

interface Typed {
  readonly port: number
  readonly open: boolean
  readonly check: boolean
  readonly writeKey?: string
}

const program = new Command('yarn start')
  .description('Opens a page on this machine that shows what becomes of a Segment event in Intercom.')
  .option('-p, --port <N>', 'the port; 0 takes a free one', toPort, DEFAULT_PORT)
  .option('--write-key <KEY>', 'the write key for Segment libraries; a new one each time without it', toWriteKey)
  .option('--no-open', 'do not open a browser')
  .option('--check', 'serve, load the page once as a browser would, and exit', false)
  .configureOutput({
    writeErr: (text) => {
      process.stderr.write(printableLines(text))
    }
  })
  .showHelpAfterError('Add --help to see how it is used.')
  .action((typed: Typed) => run(typed, program.getOptionValueSource('port') === 'default'))

async function run({ port, open, check, writeKey }: Typed, isAnyPortFine: boolean): Promise<void> {
  const options = writeKey === undefined ? {} : { writeKey }
  // A check takes a free port, so that it does not collide with an open workbench.
  const { url, workbench, close } = await openWorkbench({ ...options, port: check ? 0 : port }).catch(
    (error: unknown) => {
      if (!isPortRefused(error)) throw error
      if (!isAnyPortFine) {
        program.error(`Port ${port} cannot be used (${error.code}). Choose another with --port, or 0 for a free one.`)
      }
      print(`Port ${port} is taken, perhaps by another workbench. Using a free one.`)
      return openWorkbench({ ...options, port: 0 })
    }
  )
  if (check) {
    process.exitCode = (await isServed(url)) ? 0 : 1
    await close()
    return
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
  process.stdout.write(`${url}\n`)
  print(
    [
      'Open it in a browser. It has a demo shop; no account is needed, and nothing leaves this machine.',
      `Segment libraries: host ${url}, write key ${workbench.writeKey}`,
      'Ctrl-C ends it, and forgets everything.'
    ].join('\n')
  )
  if (open) await openBrowser(url)
}

/** Whether the page and the files that it loads are served. */
async function isServed(url: string): Promise<boolean> {
  for (const file of ['/', '/app.js', '/app.css', '/api/catalog', '/api/state']) {
    const response = await fetch(url + file)
    const size = (await response.arrayBuffer()).byteLength
    print(`${response.status} ${file} ${size} bytes`)
    if (!response.ok || size === 0) return false
  }
  return true
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

program.parseAsync().catch((error: unknown) => {
  print(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
})
