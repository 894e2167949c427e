import path from 'node:path'

/** Where each half goes in Segment's repository action-destinations, and what goes with it. */

export const ROOT = path.resolve(__dirname, '..', '..')

/** A file of ours and its place, or a folder and the folder of theirs in which its files keep their relative paths. */
interface Move {
  from: string
  to: string
}

export interface Half {
  /** The folder of the destination in Segment's repository. */
  target: string
  /** The folders that the export replaces. */
  replaces: readonly string[]
  /** The first move whose `from` contains a file decides. */
  moves: readonly Move[]
  /** The files that Segment's repository loads; all files that they import go with them. */
  entries: readonly string[]
  /** Files that stay here, with the imports of them and the statements that use these. */
  omitted: readonly string[]
  /** Files whose `export … from` stays here, because only hosts outside of Segment use it. */
  withoutReexports: readonly string[]
  /** Packages that are replaced by a file of Segment's repository. `undefined` drops the import and what uses it. */
  packages: Readonly<Record<string, string | undefined>>
  /** Files of ours whose text is replaced. */
  replacements: Readonly<Record<string, string>>
  /** The id of the destination in Segment's catalog. */
  metadataId: string
}

const SHARED = 'packages/shared-mapping/src'
const CLOUD = 'packages/intercom-cloud/src'
const WEB = 'packages/intercom-web/src'

/** Folder names and ids: `register('62ded0cf…', './intercom')` of @segment/action-destinations 3.497.0 on npm. */
const CLOUD_TARGET = 'packages/destination-actions/src/destinations/intercom'
const CLOUD_METADATA_ID = '62ded0cf5753c743883ca0f3'
/** As above in @segment/browser-destinations 3.98.0; the folder has `src` since each destination is its own package. */
const WEB_TARGET = 'packages/browser-destinations/destinations/intercom/src'
const WEB_METADATA_ID = '62d9daff84a6bf190da9f592'

/** Beside `src`: in `src` it would be built, and in `__tests__` Jest would take it for tests. */
const WEB_TEST_SUPPORT = 'packages/browser-destinations/destinations/intercom/test-support'

/** Segment's linter refuses `createHash`, and their function for hashes does the same. */
const CACHE_KEY = `import { processHashing } from '../../../lib/hashing-utils'

/** A cache key of 44 characters, however long an id is. It shows neither tokens nor addresses. */
export function toCacheKey(...parts: string[]): string {
  return hashText(JSON.stringify(parts))
}

/** SHA-256 in base 64. */
export function hashText(text: string): string {
  return processHashing(text, 'sha256', 'base64')
}
`

/**
 * Tests that need only what Segment's repository has: Jest 27, nock, Analytics.js. Those of the shared mapping go with the
 * cloud half.
 */
const SHARED_TESTS = [
  '__tests__/losses',
  '__tests__/values-in-fields',
  'company/__tests__/build-company',
  'contact/__tests__/build-contact',
  'event/__tests__/build-event',
  'rules/__tests__/rules',
  'values/__tests__/plain-values',
  'values/__tests__/price'
]
const CLOUD_TESTS = [
  '__tests__/attribute-value',
  '__tests__/catalog/archive-contact',
  '__tests__/catalog/audience-to-tag',
  '__tests__/catalog/group-identify-contact',
  '__tests__/catalog/identify-contact',
  '__tests__/catalog/index',
  '__tests__/catalog/snapshot',
  '__tests__/catalog/track-event',
  '__tests__/group-by-connected-keys',
  '__tests__/keyed-mutex',
  '__tests__/rate-limiter',
  '__tests__/stale-writes',
  '__tests__/tag-losses',
  '__tests__/workspace-cache'
]
const WEB_TESTS = [
  '__tests__/boot-settings',
  '__tests__/catalog/snapshot',
  '__tests__/index',
  '__tests__/load-widget',
  '__tests__/losses',
  'identifyCompany/__tests__/index',
  'identifyUser/__tests__/index',
  'messengerCommand/__tests__/index',
  'trackEvent/__tests__/index'
]

const testsIn = (folder: string, names: readonly string[]) => names.map((name) => `${folder}/${name}.test.ts`)

export const CLOUD_HALF: Half = {
  target: CLOUD_TARGET,
  replaces: [CLOUD_TARGET],
  moves: [
    {
      from: `${CLOUD}/__tests__/catalog/identify-contact.test.ts`,
      to: `${CLOUD_TARGET}/identifyContact/__tests__/index.test.ts`
    },
    {
      from: `${CLOUD}/__tests__/catalog/group-identify-contact.test.ts`,
      to: `${CLOUD_TARGET}/groupIdentifyContact/__tests__/index.test.ts`
    },
    {
      from: `${CLOUD}/__tests__/catalog/track-event.test.ts`,
      to: `${CLOUD_TARGET}/trackEvent/__tests__/index.test.ts`
    },
    {
      from: `${CLOUD}/__tests__/catalog/archive-contact.test.ts`,
      to: `${CLOUD_TARGET}/archiveContact/__tests__/index.test.ts`
    },
    {
      from: `${CLOUD}/__tests__/catalog/audience-to-tag.test.ts`,
      to: `${CLOUD_TARGET}/audienceToTag/__tests__/index.test.ts`
    },
    { from: `${CLOUD}/__tests__/catalog`, to: `${CLOUD_TARGET}/__tests__` },
    // Jest there ignores this folder, and their build ignores everything in `__tests__`.
    { from: `${CLOUD}/test-support`, to: `${CLOUD_TARGET}/__tests__/__helpers__` },
    { from: CLOUD, to: CLOUD_TARGET },
    { from: SHARED, to: `${CLOUD_TARGET}/shared-mapping` }
  ],
  entries: [`${CLOUD}/index.ts`, ...testsIn(CLOUD, CLOUD_TESTS), ...testsIn(SHARED, SHARED_TESTS)],
  omitted: [`${CLOUD}/install-checks/core-copies.ts`, `${CLOUD}/install-checks/fast-uri.ts`],
  withoutReexports: [`${CLOUD}/index.ts`],
  packages: { dayjs: 'packages/destination-actions/src/lib/dayjs.ts', 'dayjs/plugin/utc': undefined },
  replacements: { [`${CLOUD}/state/cache-key.ts`]: CACHE_KEY },
  metadataId: CLOUD_METADATA_ID
}

export const WEB_HALF: Half = {
  target: WEB_TARGET,
  replaces: [WEB_TARGET, WEB_TEST_SUPPORT],
  moves: [
    { from: `${WEB}/__tests__/catalog`, to: `${WEB_TARGET}/__tests__` },
    { from: `${WEB}/test-support`, to: WEB_TEST_SUPPORT },
    { from: WEB, to: WEB_TARGET },
    { from: SHARED, to: `${WEB_TARGET}/shared-mapping` }
  ],
  entries: [`${WEB}/index.ts`, ...testsIn(WEB, WEB_TESTS)],
  omitted: [],
  withoutReexports: [],
  packages: {},
  replacements: {},
  metadataId: WEB_METADATA_ID
}

const SHARED_PACKAGE = '@intercom-destinations/shared-mapping'

/** The file of ours that an import leads to, without its ending; `undefined` for an import of a package. */
export function toOurPath(specifier: string, importer: string): string | undefined {
  if (specifier === SHARED_PACKAGE) return `${SHARED}/index`
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(importer), specifier) : undefined
}

/** The path in Segment's repository. */
export function toTheirPath(file: string, { moves }: Half): string {
  const move = moves.find(({ from }) => file === from || file.startsWith(`${from}/`))
  if (!move) throw new Error(`${file} has no place in Segment's repository`)
  return `${move.to}${file.slice(move.from.length)}`
}
