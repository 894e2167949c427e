// Bundles each package's declarations into one file, because the shared mapping is not published.
import { generateDtsBundle } from 'dts-bundle-generator'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The source of each declaration file. */
const entryFiles = [
  ...['emulator', 'intercom-cloud', 'intercom-web', 'delivery', 'cli'].map((name) => [
    `${name}/src/index.ts`,
    `${name}/dist/index.d.ts`
  ]),
  ['intercom-web/src/definition.ts', 'intercom-web/dist/definition.d.ts'],
  ['intercom-web/src/definition.ts', 'intercom-web/dist/esm/definition.d.ts'],
  ['intercom-web/src/index.ts', 'intercom-web/dist/esm/index.d.ts']
].map((files) => files.map((file) => path.join(root, 'packages', file)))

/** Packages whose types are inlined, because users do not install them. */
const inlinedIn = (file) =>
  file.includes(`${path.sep}delivery${path.sep}`)
    ? ['@intercom-destinations/shared-mapping', '@intercom-destinations/intercom-cloud', '@segment/actions-core']
    : ['@intercom-destinations/shared-mapping']

const entries = entryFiles.map(([filePath]) => ({
  filePath,
  libraries: { inlinedLibraries: inlinedIn(filePath) },
  output: { noBanner: true, exportReferencedTypes: false }
}))

const bundles = generateDtsBundle(entries, { preferredConfigPath: path.join(root, 'tsconfig.json') })
await Promise.all(bundles.map((text, index) => writeFile(entryFiles[index][1], text)))
