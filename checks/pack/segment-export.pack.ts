import { build } from 'esbuild'
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { ROOT } from '../source-files'
import { segmentRepository } from './segment-repository'
import { YARN } from './support'

/** `yarn export:segment` into a repository like Segment's, which then compiles, lints, formats and tests it. */

const CLOUD = 'packages/destination-actions'
const WEB = 'packages/browser-destinations'

/**
 * What a page loads of the web half, gzipped. Segment's build for the CDN leaves the template engine out; today's
 * destination has 96,028 bytes there.
 */
const MAX_BYTES = 38_000
const MAX_BYTES_WITH_LIQUID = 61_000

const COMMAND_TIMEOUT_MS = 240_000

let repository = ''

interface Ended {
  code: number | null
  output: string
}

/** Runs a command to its end, whatever its exit code. */
function run(command: string, args: readonly string[], folder = '.'): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: path.join(repository, folder), timeout: COMMAND_TIMEOUT_MS })
    const pieces: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(piece))
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, output: Buffer.concat(pieces).toString('utf8') })
    })
  })
}

/** A command that their repository has installed. */
const runTheirs = (name: string, args: readonly string[], folder?: string) =>
  run(path.join(repository, 'node_modules', '.bin', name), args, folder)

async function exportTo(directory: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [YARN, 'export:segment', directory], { cwd: ROOT })
  return stdout
}

let report = ''
let compiled: Promise<Ended>[] = []
let linted: Promise<Ended>
let formatted: Promise<Ended>
let tested: Promise<Ended>[] = []

/** The commands run side by side: one after another they take twice as long. */
beforeAll(async () => {
  repository = mkdtempSync(path.join(os.tmpdir(), 'segment-repository-'))
  for (const [file, text] of Object.entries(segmentRepository(require.resolve('esbuild')))) {
    mkdirSync(path.dirname(path.join(repository, file)), { recursive: true })
    writeFileSync(path.join(repository, file), text)
  }
  // ts-jest 27 names an older TypeScript as its peer than Segment's repository has.
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--legacy-peer-deps', '--loglevel=error']
  expect(await run('npm', install)).toEqual({ code: 0, output: expect.anything() })
  report = await exportTo(repository)
  compiled = [CLOUD, WEB].map((folder) => runTheirs('tsc', ['-p', folder]))
  tested = [CLOUD, WEB].map((folder) => runTheirs('jest', ['-w', '1', '-c', 'jest.config.json'], folder))
  // The second copy of the shared mapping differs in one import.
  const secondCopy = ['--ignore-pattern', `${WEB}/**/shared-mapping/**`]
  linted = runTheirs('eslint', ['--ext', '.ts', '--quiet', ...secondCopy, '**/intercom/**/*.ts'])
  // Their prettier has written all files; these it formats otherwise than ours.
  formatted = runTheirs('prettier', [
    '--list-different',
    '**/intercom/**/{boot-settings,error-table,metadata}.{ts,json}'
  ])
})

afterAll(async () => {
  await Promise.allSettled([...compiled, ...tested, linted, formatted])
  rmSync(repository, { recursive: true, force: true })
})

test('the export replaces the destination of today, and uses the prettier that is installed there', () => {
  expect(report).toContain('replaced packages/destination-actions/src/destinations/intercom, which had 1 files')
  expect(report).toContain('formatted by prettier 2.8.8')
})

test('both halves compile with TypeScript 5.5.4', async () => {
  expect(await Promise.all(compiled)).toEqual([
    { code: 0, output: '' },
    { code: 0, output: '' }
  ])
})

test('ESLint 7 finds no error', async () => {
  expect(await linted).toEqual({ code: 0, output: '' })
})

test('prettier 2 would change nothing', async () => {
  expect(await formatted).toEqual({ code: 0, output: '' })
})

test('the tests that go along pass with Jest 27 and nock 13', async () => {
  const results = await Promise.all(tested)
  for (const { code, output } of results) expect(code === 0 ? '' : output).toBe('')
  expect(results.map(({ output }) => /Tests: .*/.exec(output)?.[0])).toEqual([
    expect.stringMatching(/(\d+) passed, \1 total/),
    expect.stringMatching(/(\d+) passed, \1 total/)
  ])
})

/** The web half, bundled without the replacements of our own build. */
async function gzippedBytes(name: string, alias: Record<string, string>): Promise<number> {
  const outfile = path.join(repository, WEB, `${name}.js`)
  await build({
    entryPoints: [path.join(repository, WEB, 'entry.ts')],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    mainFields: ['module', 'browser', 'main'],
    alias,
    define: { 'process.env.NODE_ENV': '"production"' }
  })
  return gzipSync(readFileSync(outfile), { level: 9 }).length
}

test('a page loads less of the web half than it does today', async () => {
  const liquid = path.join(repository, WEB, 'liquid.ts')
  writeFileSync(
    path.join(repository, WEB, 'entry.ts'),
    "import factory from './destinations/intercom/src'\nObject.assign(window, { intercomDestination: factory })\n"
  )
  writeFileSync(liquid, 'export class Liquid { registerTag() {} registerFilter() {} }\n')
  const whole = await gzippedBytes('whole', {})
  const withoutLiquid = await gzippedBytes('without-liquid', { liquidjs: liquid })
  process.stdout.write(`The web half in Segment's build: ${withoutLiquid} bytes gzipped, ${whole} with liquidjs.\n`)
  expect(withoutLiquid).toBeLessThan(MAX_BYTES)
  expect(whole).toBeLessThan(MAX_BYTES_WITH_LIQUID)
})
