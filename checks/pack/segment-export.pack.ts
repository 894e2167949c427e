import { build } from 'esbuild'
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { minify } from 'terser'
import { segmentRepository } from './segment-repository'

/** `yarn export:segment` into a repository like Segment's, which then compiles, lints, formats and tests it. */

const ROOT = path.resolve(__dirname, '..', '..')
const YARN = path.join(ROOT, '.yarn', 'releases', 'yarn-4.18.1.cjs')
const CLOUD = 'packages/destination-actions'
const WEB = 'packages/browser-destinations'

/** What a page loads of the web half in Segment's build, gzipped. Today's has 96,028 bytes. */
const MAX_WEB_BYTES = 58_000

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
  linted = runTheirs('eslint', ['--ext', '.ts', '--quiet', '**/intercom/**/*.ts'])
  formatted = runTheirs('prettier', ['--list-different', '**/intercom/**/*.{ts,json}'])
})

afterAll(async () => {
  await Promise.allSettled([...compiled, ...tested, linted, formatted])
  rmSync(repository, { recursive: true, force: true })
})

test('the export replaces the destination of today, and uses the prettier that is installed there', () => {
  expect(report).toContain('replaced packages/destination-actions/src/destinations/intercom (1 files)')
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

test('a page loads less than today of the web half', async () => {
  const entry = path.join(repository, WEB, 'entry.ts')
  const liquid = path.join(repository, WEB, 'liquid.ts')
  writeFileSync(
    entry,
    "import factory from './destinations/intercom/src'\nObject.assign(window, { intercomDestination: factory })\n"
  )
  // Their build for the CDN leaves the template engine out.
  writeFileSync(liquid, 'export class Liquid { registerTag() {} registerFilter() {} }\n')
  const outfile = path.join(repository, WEB, 'intercom.js')
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    mainFields: ['module', 'browser', 'main'],
    alias: { liquidjs: liquid },
    define: { 'process.env.NODE_ENV': '"production"' }
  })
  const { code = '' } = await minify(readFileSync(outfile, 'utf8'), { ecma: 2015, format: { comments: false } })
  const bytes = gzipSync(code, { level: 9 }).length
  process.stdout.write(`The web half in Segment's build: ${code.length} bytes, ${bytes} gzipped.\n`)
  expect(bytes).toBeLessThan(MAX_WEB_BYTES)
})
