import { build } from 'esbuild'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import ts from 'typescript'
import { runCommand } from '../scripts/export-segment/command'
import {
  checkDirectory,
  exportedFiles,
  filesIn,
  Refused,
  replaceFiles,
  type ExportedFile
} from '../scripts/export-segment/export'
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

/** The names of the files of each folder. */
function foldersIn(target: string): Record<string, string[]> {
  const folders: Record<string, string[]> = {}
  for (const { path: file } of files) {
    if (!file.startsWith(`${target}/`)) continue
    const { dir, base } = path.posix.parse(file.slice(target.length + 1))
    folders[dir] = [...(folders[dir] ?? []), base]
  }
  return folders
}

/** The shared mapping, which stands in both halves. */
const MAPPING_FILES = {
  'shared-mapping': ['attributes.ts', 'field-source.ts', 'index.ts', 'input-field.ts', 'losses.ts', 'mapping-types.ts'],
  'shared-mapping/company': ['build-company.ts', 'fields.ts'],
  'shared-mapping/contact': ['build-contact.ts', 'event-options.ts', 'fields.ts', 'identify-payload.ts'],
  'shared-mapping/event': ['build-event.ts', 'fields.ts', 'metadata-keys.ts'],
  'shared-mapping/nested': ['fields.ts', 'nested-values.ts'],
  'shared-mapping/rules': ['fixed-keys.ts', 'limits.ts', 'regions.ts', 'reserved-keys.ts'],
  'shared-mapping/values': [
    'boolean.ts',
    'date.ts',
    'email.ts',
    'http-url.ts',
    'md5.ts',
    'midnight.ts',
    'number.ts',
    'price.ts',
    'record.ts',
    'scalar.ts',
    'text.ts',
    'unix-seconds.ts',
    'utf8.ts',
    'written-date.ts'
  ]
}

const below = (folder: string, files: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(files).map(([name, list]) => [folder + name, list]))

const CLOUD_FILES = {
  ...MAPPING_FILES,
  '__tests__/__helpers__': ['answer-requests.ts', 'open-memory.ts', 'test-destination.ts'],
  __tests__: [
    'attribute-value.test.ts',
    'group-by-connected-keys.test.ts',
    'index.test.ts',
    'keyed-mutex.test.ts',
    'rate-limiter.test.ts',
    'snapshot.test.ts',
    'stale-writes.test.ts',
    'tag-losses.test.ts',
    'workspace-cache.test.ts'
  ],
  attributes: [
    'attribute-schema-cache.ts',
    'attribute-value.ts',
    'attribute-writer.ts',
    'create-attribute.ts',
    'refused-values.ts',
    'shared-schema.ts'
  ],
  archiveContact: ['generated-types.ts', 'index.ts'],
  'archiveContact/__tests__': ['index.test.ts'],
  audienceToTag: ['generated-types.ts', 'index.ts'],
  'audienceToTag/__tests__': ['index.test.ts'],
  audiences: ['fields.ts', 'read-change.ts', 'tag-people.ts'],
  batch: [
    'group-by-connected-keys.ts',
    'map-with-concurrency.ts',
    'multi-status.ts',
    'payload-origin.ts',
    'perform-batch.ts',
    'perform-together.ts',
    'person-keys.ts',
    'to-slices.ts'
  ],
  client: [
    'answer.ts',
    'error-table.ts',
    'http-status.ts',
    'intercom-api-error.ts',
    'intercom-client.ts',
    'operations.ts',
    'rate-limit-headers.ts',
    'rate-limit-wait.ts',
    'rate-limiter.ts',
    'response-shapes.ts',
    'types.ts'
  ],
  '': [
    'README.md',
    'clock.ts',
    'delivery-report.ts',
    'dependencies.ts',
    'dynamic-fields.ts',
    'errors.ts',
    'fields.ts',
    'generated-choices.ts',
    'generated-types.ts',
    'index.ts',
    'metadata.json',
    'subscription-types.ts',
    'test-authentication.ts',
    'versioning-info.ts'
  ],
  companies: ['company-coalescer.ts', 'memberships.ts', 'upsert-company.ts'],
  contacts: [
    'anonymous-user.ts',
    'archive-contact.ts',
    'conflicts.ts',
    'contact-body.ts',
    'contact-search.ts',
    'convert-visitor.ts',
    'create-from-ids.ts',
    'delete-contacts.ts',
    'find-contact.ts',
    'find-owner.ts',
    'find-people.ts',
    'identify.ts',
    'merge-leads.ts',
    'permitted-plan.ts',
    'person-fields.ts',
    'read-person.ts',
    'switched-text.ts',
    'sync-mode.ts',
    'upsert-contact.ts',
    'upsert-plan.ts'
  ],
  events: ['event-writer.ts', 'submit-event.ts'],
  'groupIdentifyContact/__tests__': ['index.test.ts'],
  groupIdentifyContact: ['generated-types.ts', 'index.ts'],
  'identifyContact/__tests__': ['index.test.ts'],
  identifyContact: ['generated-types.ts', 'index.ts'],
  'shared-mapping/__tests__': ['losses.test.ts', 'values-in-fields.test.ts'],
  'shared-mapping/company/__tests__': ['build-company.test.ts'],
  'shared-mapping/contact/__tests__': ['build-contact.test.ts'],
  'shared-mapping/event/__tests__': ['build-event.test.ts'],
  'shared-mapping/rules/__tests__': ['rules.test.ts'],
  'shared-mapping/values/__tests__': ['plain-values.test.ts', 'price.test.ts'],
  state: [
    'cache-key.ts',
    'cached-entities.ts',
    'cached-list.ts',
    'call-context.ts',
    'expiring-cache.ts',
    'keyed-mutex.ts',
    'known-values.ts',
    'lock-guard.ts',
    'memory-state.ts',
    'record-names.ts',
    'record-view.ts',
    'shared-state.ts',
    'stale-writes.ts',
    'state-store.ts',
    'workspace-cache.ts',
    'workspace.ts'
  ],
  subscriptions: ['consents.ts'],
  tags: ['tags.ts', 'trait-tags.ts'],
  'trackEvent/__tests__': ['index.test.ts'],
  trackEvent: ['generated-types.ts', 'index.ts']
}

const WEB_FILES = {
  ...below('src/', MAPPING_FILES),
  'src/__tests__': [
    'boot-settings.test.ts',
    'index.test.ts',
    'load-widget.test.ts',
    'losses.test.ts',
    'snapshot.test.ts'
  ],
  src: [
    'README.md',
    'boot-settings.ts',
    'call-queue.ts',
    'create-factory.ts',
    'definition.ts',
    'destination-name.ts',
    'factory.ts',
    'field-sources.ts',
    'generated-choices.ts',
    'generated-types.ts',
    'guard-plugin.ts',
    'identity-proof.ts',
    'index.ts',
    'intercom-call.ts',
    'load-failure.ts',
    'load-watch.ts',
    'load-widget.ts',
    'logout.ts',
    'losses.ts',
    'merged-update.ts',
    'messenger-body.ts',
    'messenger-calls.ts',
    'messenger-events.ts',
    'messenger-lifecycle.ts',
    'messenger-session.ts',
    'messenger.ts',
    'metadata.json',
    'page-session.ts',
    'person-updates.ts',
    'plugin-factory.ts',
    'prerendering.ts',
    'presets.ts',
    'read-settings.ts',
    'rehearsal.ts',
    'setting-defaults.ts',
    'settings.ts',
    'subscription-types.ts',
    'timer.ts',
    'update-budget.ts'
  ],
  'src/identifyCompany/__tests__': ['index.test.ts'],
  'src/identifyCompany': ['generated-types.ts', 'index.ts'],
  'src/identifyUser/__tests__': ['index.test.ts'],
  'src/identifyUser': ['generated-types.ts', 'index.ts'],
  'src/messengerCommand/__tests__': ['index.test.ts'],
  'src/messengerCommand': ['build-command.ts', 'fields.ts', 'generated-types.ts', 'index.ts'],
  'src/trackEvent/__tests__': ['index.test.ts'],
  'src/trackEvent': ['generated-types.ts', 'index.ts'],
  'test-support': ['loading-page.ts', 'run-events.ts']
}

function importsOf({ path: file, text }: ExportedFile): string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? path.posix.join(path.posix.dirname(file), fileName) : fileName
    )
}

test('the cloud half has these files', () => {
  expect(foldersIn(CLOUD)).toEqual(CLOUD_FILES)
})

test('the web half has these files', () => {
  expect(foldersIn(WEB)).toEqual(WEB_FILES)
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
    '/shared-mapping/values/midnight.ts'
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

test('replaces the files that were there, and a second time writes the same', () => {
  const directory = path.join(folder, 'checkout')
  const old = [`${CLOUD}/util.ts`, `${CLOUD}/trackEvent/index.ts`, `${WEB}/package.json`].map((name) => ({
    path: name,
    text: 'old'
  }))
  replaceFiles(directory, old)
  expect(replaceFiles(directory, files)).toEqual([{ folder: CLOUD, files: 2 }])
  const written = () => filesIn(directory).map((name) => [name, readFileSync(path.join(directory, name), 'utf8')])
  const first = written()
  // The manifest of their package is beside `src`, and stays.
  expect(first.map(([name]) => name).sort()).toEqual([...files.map((file) => file.path), `${WEB}/package.json`].sort())
  replaceFiles(directory, files)
  expect(written()).toEqual(first)
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
    actions: [
      { slug: 'identifyContact', platform: 'cloud' },
      { slug: 'groupIdentifyContact' },
      { slug: 'trackEvent' },
      { slug: 'audienceToTag' },
      { slug: 'archiveContact' }
    ],
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
          { fieldKey: 'event_metadata' },
          { fieldKey: 'nested_values' }
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

describe('the command', () => {
  const run = async (...args: string[]) => {
    const written = { out: '', error: '' }
    const code = await runCommand(args, {
      out: (text) => (written.out += text),
      error: (text) => (written.error += text)
    })
    return { code, ...written }
  }

  test('explains itself', async () => {
    expect(await run('--help')).toEqual({ code: 0, out: expect.stringContaining('yarn export:segment DIR'), error: '' })
  })

  test.each([[[]], [['one', 'two']], [['--force']], [['']]])('wants one folder, not %j', async (args) => {
    expect(await run(...args)).toEqual({ code: 2, out: '', error: expect.stringContaining('Name one folder.') })
  })

  test('says why it refuses a folder, and writes nothing', async () => {
    const directory = path.join(folder, 'notes')
    mkdirSync(directory)
    writeFileSync(path.join(directory, 'notes.txt'), '')
    expect(await run(directory)).toEqual({
      code: 1,
      out: '',
      error: expect.stringContaining('is neither empty nor a checkout of action-destinations: it has notes.txt')
    })
    expect(filesIn(directory)).toEqual(['notes.txt'])
  })
})
