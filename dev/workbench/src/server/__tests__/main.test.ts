import { spawn } from 'node:child_process'
import path from 'node:path'
import { openWorkbench } from '../open-workbench'

const MAIN = path.resolve(__dirname, '../../../dist/main.js')

// Each starts the program, and the machine may be busy.
jest.setTimeout(60_000)

/** Runs it to its end; `onAddress` hears where it listens. */
function run(args: readonly string[], onAddress?: (url: string, end: (signal: NodeJS.Signals) => void) => void) {
  const child = spawn(process.execPath, [MAIN, '--no-open', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err]: [string[], string[]] = [[], []]
  child.stdout.on('data', (text: Buffer) => {
    out.push(text.toString())
    onAddress?.(text.toString().trim(), (signal) => child.kill(signal))
  })
  child.stderr.on('data', (text: Buffer) => err.push(text.toString()))
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out: out.join(''), err: err.join('') })
    })
  })
}

test('--check serves the page, loads it once and exits with 0', async () => {
  const { code, out, err } = await run(['--check'])
  expect([code, out]).toEqual([0, ''])
  expect(err.match(/^200 (\S+)/gm)).toEqual([
    '200 /',
    '200 /app.js',
    '200 /app.css',
    '200 /api/catalog',
    '200 /api/state'
  ])
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 0', async (signal) => {
  const { code, out, err } = await run(['--port', '0'], (_url, end) => {
    end(signal)
  })
  expect(code).toBe(0)
  expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/)
  expect(err).toContain('Ctrl-C ends it, and forgets everything.')
})

test.each([
  [['--port', 'any'], /It takes a whole number from 0 to 65535\./],
  [['--write-key', 'a:b'], /It is made of letters, digits, _ and -/],
  [['--write-key', 'paper-and-pine'], /is not the one of the demo shop/],
  [['--session', 'nowhere.json'], /^The session nowhere\.json cannot be read: ENOENT/],
  [
    ['--session', __filename, '--check'],
    /main\.test\.ts is no session of the workbench\. "Export session" on the page/
  ],
  [['--nonsense'], /unknown option '--nonsense'\nAdd --help to see how it is used\./]
])('%j is refused with a reason', async (args, words) => {
  const { code, err } = await run(args)
  expect(code).toBe(2)
  expect(err).toMatch(words)
})

test('a requested port that is taken is an error', async () => {
  const opened = await openWorkbench({ port: 0 })
  const { port } = new URL(opened.url)
  const { code, err } = await run(['--port', port])
  await opened.close()
  expect([code, err]).toEqual([
    2,
    `Port ${port} cannot be used (EADDRINUSE). Choose another with --port, or 0 for a free one.\nAdd --help to see how it is used.\n`
  ])
})
