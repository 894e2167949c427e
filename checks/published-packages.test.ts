import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { deadLinks } from './readme-links'
import { readJson } from './read-json'
import { ROOT } from './source-files'

const REPOSITORY = 'https://github.com/intercom-destinations/intercom-destinations'

const inPackage = (name: string, ...parts: string[]) => path.join(ROOT, 'packages', name, ...parts)
const manifestOf = (name: string) => readJson(inPackage(name, 'package.json'))
const PUBLISHED = readdirSync(path.join(ROOT, 'packages')).filter((name) => manifestOf(name).private !== true)

test('there are packages to check', () => {
  expect(PUBLISHED).toEqual(expect.arrayContaining(['cli', 'delivery', 'emulator', 'intercom-cloud', 'intercom-web']))
})

test('every published package is at the version of the release, under the name that users install', () => {
  const { version } = readJson(path.join(ROOT, 'lerna.json'))
  const names = PUBLISHED.map((name) => ({ name: `@intercom-destinations/${name}`, version }))
  expect(version).toMatch(/^\d+\.\d+\.\d+/)
  expect(PUBLISHED.map(manifestOf)).toMatchObject(names)
})

/** The bundler wraps every module of a folder that says `"type": "commonjs"`, which costs a page 1.4 KB. */
const BUNDLED_FOR_CLIENTS = ['intercom-web', 'intercom-react-native']
const TYPED = PUBLISHED.filter((name) => !BUNDLED_FOR_CLIENTS.includes(name))

test.each(BUNDLED_FOR_CLIENTS)('%s leaves its type to Node’s default, or its bundle grows', (name) => {
  expect(manifestOf(name)).not.toHaveProperty('type')
})

test.each(PUBLISHED)('%s says on npm where it comes from, and what it runs on', (name) => {
  expect(manifestOf(name)).toMatchObject({
    license: 'MIT',
    homepage: `${REPOSITORY}/tree/main/packages/${name}#readme`,
    bugs: `${REPOSITORY}/issues`,
    repository: { type: 'git', url: `git+${REPOSITORY}.git`, directory: `packages/${name}` },
    keywords: expect.arrayContaining(['segment', 'intercom']),
    ...(TYPED.includes(name) ? { type: expect.stringMatching(/^(commonjs|module)$/) } : {}),
    files: ['dist', 'LICENSE'],
    publishConfig: { access: 'public', provenance: true },
    engines: { node: expect.stringMatching(/^>=\d+/) }
  })
})

/** A version that only one release satisfies: a user would get a second copy of everything that others have newer. */
const isExact = (range: string) => /^[=v]?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range)

test.each([
  ['3.170.0', true],
  ['=3.170.0', true],
  ['^10.4.3 || ^11', false],
  ['>=3.153.0 <4', false],
  ['1.x', false]
])('%s is a pin: %s', (range, expected) => {
  expect(isExact(range)).toBe(expected)
})

test.each(PUBLISHED)('%s pins nothing of others, so that users have one copy and its corrections', (name) => {
  const manifest = manifestOf(name)
  const declared = ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(toObject(manifest[kind])).map(([dependency, range]) => [dependency, String(range)] as const)
  )
  const pinned = declared.filter(
    ([dependency, range]) => !dependency.startsWith('@intercom-destinations/') && isExact(range)
  )
  expect(pinned).toEqual([])
})

const toObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

test.each(['delivery', 'cli', 'emulator'])('%s brings everything with it', (name) => {
  const { dependencies, peerDependencies, optionalDependencies } = manifestOf(name)
  expect([dependencies, peerDependencies, optionalDependencies]).toEqual([undefined, undefined, undefined])
})

test.each(PUBLISHED)('the README of %s has no link that is dead on npm', (name) => {
  // Beside it, npm has the licence and the package.json. Link to the repository: `${REPOSITORY}/blob/main/…`.
  expect(deadLinks(inPackage(name, 'README.md')).map((link) => `${link} → ${toAbsolute(name, link)}`)).toEqual([])
})

// Remove this with the section, once a release is on npm.
test.each(['cli', 'emulator'])('the README of %s says how to get it while it is not on npm', (name) => {
  const readme = readFileSync(inPackage(name, 'README.md'), 'utf8')
  expect(readme).toContain(`yarn workspace @intercom-destinations/${name} pack --out /tmp/${name}.tgz`)
  expect(readme).toMatch(new RegExp(`npm install (--save-dev )?/tmp/${name}\\.tgz`))
})

const toAbsolute = (name: string, link: string) => `${REPOSITORY}/blob/main/${path.posix.join('packages', name, link)}`

test.each([
  ['@intercom-destinations/delivery', 'delivery', ['ajv', 'fast-uri', 'liquidjs', '@segment/actions-core']],
  [
    '@intercom-destinations/cli',
    'cli',
    ['ajv', 'commander', '@segment/analytics-next', '@segment/browser-destination-runtime']
  ]
])('%s has the notices of code that it includes', (_title, name, packages) => {
  const notices = readFileSync(inPackage(name, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8')
  expect(packages.filter((one) => !notices.includes(`\n${one} `))).toEqual([])
})
