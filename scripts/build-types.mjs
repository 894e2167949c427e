// Bundles each package's declarations into one file, because the shared mapping is not published.
import { generateDtsBundle } from 'dts-bundle-generator'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const inPackages = (...parts) => fileURLToPath(new URL(path.posix.join('..', 'packages', ...parts), import.meta.url))
const ours = (name) => `@intercom-destinations/${name}`

/** Code that these packages include, so users do not install its types. */
const CORE = [ours('intercom-cloud'), '@segment/actions-core']
const ENGINE = [
  ours('delivery'),
  ours('emulator'),
  ours('event-file'),
  '@segment/analytics-next',
  '@segment/analytics-core'
]

/**
 * The declarations of each source. An ES module and a CommonJS file have their own, because TypeScript reads from the name
 * which of the two a declaration is for.
 */
const entries = [
  { source: 'emulator/src/index.ts', files: ['emulator/dist/index.d.ts'] },
  {
    source: 'intercom-cloud/src/index.ts',
    files: ['intercom-cloud/dist/index.d.ts', 'intercom-cloud/dist/index.d.mts']
  },
  { source: 'intercom-web/src/index.ts', files: ['intercom-web/dist/index.d.ts', 'intercom-web/dist/esm/index.d.ts'] },
  {
    source: 'intercom-web/src/definition.ts',
    files: ['intercom-web/dist/definition.d.ts', 'intercom-web/dist/esm/definition.d.ts']
  },
  {
    source: 'intercom-react-native/src/index.ts',
    files: ['intercom-react-native/dist/index.d.ts', 'intercom-react-native/dist/esm/index.d.ts']
  },
  { source: 'delivery/src/index.ts', files: ['delivery/dist/index.d.ts', 'delivery/dist/index.d.mts'], inlined: CORE },
  {
    source: 'redis-state/src/index.ts',
    files: ['redis-state/dist/index.d.ts', 'redis-state/dist/index.d.mts'],
    inlined: [ours('intercom-cloud')]
  },
  { source: 'cli/src/index.ts', files: ['cli/dist/index.d.ts'], inlined: [...CORE, ...ENGINE] }
]

const REMOTE =
  '/** A script for pages: a `<script>` loads it, or Analytics.js does. It exports nothing. */\nexport {}\n'

const bundles = generateDtsBundle(
  entries.map(({ source, inlined = [] }) => ({
    filePath: inPackages(source),
    libraries: { inlinedLibraries: [ours('shared-mapping'), ...inlined] },
    output: { noBanner: true, exportReferencedTypes: false }
  })),
  { preferredConfigPath: fileURLToPath(new URL('../tsconfig.types.json', import.meta.url)) }
)
/** The request options of actions-core name an agent of Node's. The generator leaves that import out. */
const withAgent = (text) => (/\bhttps\.Agent\b/.test(text) ? `import type * as https from 'node:https'\n${text}` : text)

await Promise.all([
  ...bundles.flatMap((text, index) => entries[index].files.map((file) => writeFile(inPackages(file), withAgent(text)))),
  writeFile(inPackages('intercom-web/dist/remote/intercom-web.d.ts'), REMOTE)
])
