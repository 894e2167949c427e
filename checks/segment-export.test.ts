import { build } from 'esbuild'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import ts from 'typescript'
import { checkDirectory, exportedFiles, Refused, type ExportedFile } from '../scripts/export-segment/export'
import { ROOT } from './source-files'

const CLOUD = 'packages/destination-actions/src/destinations/intercom'
const WEB = 'packages/browser-destinations/destinations/intercom'

let files: ExportedFile[] = []
let folder = ''

beforeAll(async () => {
  files = await exportedFiles()
  folder = mkdtempSync(path.join(os.tmpdir(), 'segment-export-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const namesIn = (target: string) =>
  files
    .filter((file) => file.path.startsWith(`${target}/`))
    .map((file) => file.path.slice(target.length + 1))
    .filter((name) => !name.startsWith('shared-mapping/') && !name.startsWith('src/shared-mapping/'))

function importsOf({ path: file, text }: ExportedFile): string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? path.posix.join(path.posix.dirname(file), fileName) : fileName
    )
}

test('the cloud half has these files', () => {
  expect(namesIn(CLOUD)).toEqual([])
})

test('the web half has these files', () => {
  expect(namesIn(WEB)).toEqual([])
})

test('both halves have the same shared mapping, but for the import of dayjs and the tests', () => {
  const sharedIn = (target: string) =>
    new Map(
      files
        .filter((file) => file.path.startsWith(`${target}/shared-mapping/`) && !file.path.includes('__tests__'))
        .map((file) => [file.path.slice(target.length), file.text])
    )
  const cloud = sharedIn(CLOUD)
  const web = sharedIn(`${WEB}/src`)
  expect([...cloud.keys()]).toEqual([...web.keys()])
  expect([...cloud].filter(([name, text]) => web.get(name) !== text).map(([name]) => name)).toEqual([
    '/shared-mapping/values/written-date.ts'
  ])
})

/** What Segment's repository has, by the packages and folders that its destinations import. */
const THEIRS = {
  [CLOUD]: [
    '@segment/actions-core',
    'lru-cache',
    'nock',
    'node:timers/promises',
    'packages/destination-actions/src/lib/dayjs',
    'packages/destination-actions/src/lib/hashing-utils'
  ],
  [WEB]: [
    '@segment/actions-core',
    '@segment/analytics-next',
    '@segment/browser-destination-runtime/plugin',
    '@segment/browser-destination-runtime/types',
    'dayjs',
    'dayjs/plugin/utc'
  ]
}

test.each([CLOUD, WEB] as const)('no import of %s leads to what is not there', (target) => {
  const known = new Set(files.map((file) => file.path.replace(/(\/index)?\.ts$/, '')))
  const outside = files
    .filter((file) => file.path.startsWith(target))
    .flatMap(importsOf)
    .filter((imported) => !known.has(imported))
  expect([...new Set(outside)].sort()).toEqual(THEIRS[target])
})

test('nothing of the checks of an installation goes along', () => {
  const text = files.map((file) => file.text).join('\n')
  expect(text).not.toMatch(/install-checks|fast-uri|warnOf|createHash|@intercom-destinations/)
})

test('the catalog entry has the ids, the fields and the presets of the definition', () => {
  const entryOf = (name: string): unknown => JSON.parse(files.find((file) => file.path === name)?.text ?? '')
  expect(entryOf(`${CLOUD}/metadata.json`)).toMatchObject({
    id: '62ded0cf5753c743883ca0f3',
    slug: 'actions-intercom-cloud',
    options: [{ name: 'region', type: 'string', required: false, defaultValue: 'auto' }],
    actions: [{ slug: 'identifyContact', platform: 'cloud' }, { slug: 'groupIdentifyContact' }, { slug: 'trackEvent' }],
    presets: [
      { actionSlug: 'identifyContact', trigger: 'type = "identify"' },
      { actionSlug: 'groupIdentifyContact' },
      { actionSlug: 'trackEvent' }
    ]
  })
  expect(entryOf(`${WEB}/src/metadata.json`)).toMatchObject({
    id: '62d9daff84a6bf190da9f592',
    slug: 'actions-intercom-web',
    supportedPlatforms: { browser: true, server: false },
    actions: [
      {
        slug: 'trackEvent',
        platform: 'web',
        fields: [
          {
            sortOrder: 0,
            fieldKey: 'event_name',
            type: 'string',
            required: true,
            defaultValue: { '@path': '$.event' }
          },
          { fieldKey: 'revenue' },
          { fieldKey: 'currency' },
          { fieldKey: 'event_metadata' }
        ]
      },
      { slug: 'identifyUser' },
      { slug: 'identifyCompany' },
      { slug: 'messengerCommand', defaultTrigger: null }
    ]
  })
})

test('the exported halves can be loaded, and define the same destinations', async () => {
  for (const file of files) {
    const target = path.join(folder, file.path)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, file.text)
  }
  // The two files of Segment's repository that the cloud half imports.
  const lib = path.join(folder, 'packages', 'destination-actions', 'src', 'lib')
  mkdirSync(lib)
  writeFileSync(
    path.join(lib, 'dayjs.ts'),
    "import dayjs from 'dayjs'\nimport utc from 'dayjs/plugin/utc'\ndayjs.extend(utc)\nexport default dayjs\n"
  )
  writeFileSync(
    path.join(lib, 'hashing-utils.ts'),
    'export const processHashing = (value: string, method: string, digest: string) => [value, method, digest].join()\n'
  )
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  await build({
    entryPoints: { cloud: path.join(folder, CLOUD, 'index.ts'), web: path.join(folder, WEB, 'src', 'index.ts') },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    outdir: path.join(folder, 'built')
  })
  const { default: cloud }: { default: object } = await import(path.join(folder, 'built', 'cloud.js'))
  const { destination: web }: { destination: object } = await import(path.join(folder, 'built', 'web.js'))
  expect(cloud).toMatchObject({ slug: 'actions-intercom-cloud', mode: 'cloud' })
  expect(web).toMatchObject({ slug: 'actions-intercom-web', mode: 'device' })
})

describe('the folder to write to', () => {
  const open = (name: string, content: Record<string, string> = {}) => {
    const directory = path.join(folder, name)
    for (const [file, text] of Object.entries(content)) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true })
      writeFileSync(path.join(directory, file), text)
    }
    return directory
  }
  const manifest = (name: string) => ({ 'packages/destination-actions/package.json': JSON.stringify({ name }) })

  test.each([
    ['one that is not there yet', {}],
    ['a checkout', { 'README.md': '', ...manifest('@segment/action-destinations') }],
    ['an earlier export', { [`${CLOUD}/index.ts`]: '', [`${WEB}/test-support/run-events.ts`]: '' }]
  ])('may be %s', (name, content) => {
    expect(() => checkDirectory(open(name, content))).not.toThrow()
  })

  test.each([
    ['a folder with other files', { 'notes.txt': '' }],
    ['another repository', { 'README.md': '', ...manifest('something-else') }],
    ['a manifest that is no JSON', { 'packages/destination-actions/package.json': '{' }]
  ])('is refused if it is %s', (name, content) => {
    expect(() => checkDirectory(open(name, content))).toThrow(Refused)
  })

  test('is refused if it is a file', () => {
    open('file', { 'one.txt': '' })
    expect(() => checkDirectory(path.join(folder, 'file', 'one.txt'))).toThrow('is not a folder')
  })
})
