import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { readJson } from '../read-json'
import { deadLinks } from '../readme-links'
import { PUBLISHED, run, tarball } from './support'

/** Packages whose bundles include code of others, and whether all of it is theirs to ship is said in a file. */
const NOTICED: Record<string, string[]> = {
  'intercom-cloud': [],
  'intercom-web': [
    '@segment/actions-core',
    '@segment/browser-destination-runtime',
    '@segment/destination-subscriptions'
  ],
  delivery: [
    '@lukeed/uuid',
    '@segment/actions-core',
    '@segment/ajv-human-errors',
    '@segment/destination-subscriptions',
    '@segment/fql-ts',
    'aggregate-error',
    'ajv',
    'ajv-formats',
    'btoa-lite',
    'clean-stack',
    'cross-fetch',
    'dayjs',
    'fast-deep-equal',
    'fast-uri',
    'fastq',
    'indent-string',
    'json-schema-traverse',
    'liquidjs',
    'lru-cache',
    'node-fetch',
    'punycode',
    'reusify',
    'tr46',
    'ts-custom-error',
    'webidl-conversions',
    'whatwg-url'
  ]
}

const folderOf = new Map<string, string>()

beforeAll(async () => {
  for (const name of PUBLISHED) {
    const folder = path.join(path.dirname(tarball(name)), `unpacked-${name}`)
    await mkdir(folder)
    await run(folder, 'tar', ['-xzf', tarball(name), '--strip-components=1'])
    folderOf.set(name, folder)
  }
})

const inTarball = (name: string, ...parts: string[]) => path.join(folderOf.get(name) ?? '', ...parts)

/** Every file that a manifest names, wherever it does. */
function namedFiles(value: unknown): string[] {
  if (typeof value === 'string') return /^(\.\/)?dist\//.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namedFiles) : []
}

const noticesOf = (name: string): string[] => {
  const file = inTarball(name, 'dist', 'THIRD-PARTY-NOTICES.txt')
  if (!existsSync(file)) return []
  return [...readFileSync(file, 'utf8').matchAll(/^-{80}\n(\S+) \S+ \(/gm)].map(([, found = '']) => found)
}

test.each(PUBLISHED)('%s comes with its licence and with every file that its package.json names', (name) => {
  const manifest = readJson(inTarball(name, 'package.json'))
  expect(readdirSync(inTarball(name)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json'])
  const { sideEffects: _patterns, ...named } = manifest
  expect(namedFiles(named).filter((file) => !existsSync(inTarball(name, file)))).toEqual([])
  expect(namedFiles(named)).not.toEqual([])
  expect(deadLinks(inTarball(name, 'README.md'))).toEqual([])
})

test.each(Object.entries(NOTICED))('%s has the notices of the code that it includes', (name, packages) => {
  expect(noticesOf(name)).toEqual(packages)
})

test('the command line has the notices of both halves, of the workbench, and of its own dependencies', () => {
  const expected = [
    ...Object.values(NOTICED).flat(),
    '@segment/analytics-core',
    '@segment/analytics-next',
    'cli-progress',
    'commander',
    '@hono/node-server',
    'hono',
    'open',
    'preact',
    '@preact/signals',
    // In Analytics.js, as Segment has built it.
    'js-cookie',
    'unfetch'
  ]
  expect(noticesOf('cli')).toEqual(expect.arrayContaining(expected))
})

/** What its README says of the download. */
const COMMAND_LINE_BYTES = 1.2 * 1024 * 1024

test('the command line is the download that its README promises', () => {
  expect(statSync(tarball('cli')).size).toBeLessThan(COMMAND_LINE_BYTES)
  expect(readFileSync(inTarball('cli', 'README.md'), 'utf8')).toContain('a download of 1.2 MB at most')
})
