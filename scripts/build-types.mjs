// Bundles each package's declarations into one file, so that none of them refers to the unpublished shared mapping.
import { generateDtsBundle } from 'dts-bundle-generator'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Which source describes which file. */
const doors = [
  ...['emulator', 'intercom-cloud', 'intercom-web', 'delivery', 'cli'].map((name) => [
    `${name}/src/index.ts`,
    `${name}/dist/index.d.ts`
  ]),
  ['intercom-web/src/definition.ts', 'intercom-web/dist/definition.d.ts'],
  ['intercom-web/src/definition.ts', 'intercom-web/dist/esm/definition.d.ts'],
  ['intercom-web/src/index.ts', 'intercom-web/dist/esm/index.d.ts']
].map((files) => files.map((file) => path.join(root, 'packages', file)))

/** Packages whose types go inside, because a user of this one does not install them. */
const inlinedIn = (file) =>
  file.includes(`${path.sep}delivery${path.sep}`)
    ? ['@intercom-destinations/shared-mapping', '@intercom-destinations/intercom-cloud', '@segment/actions-core']
    : ['@intercom-destinations/shared-mapping']

const entries = doors.map(([filePath]) => ({
  filePath,
  libraries: { inlinedLibraries: inlinedIn(filePath) },
  output: { noBanner: true, exportReferencedTypes: false }
}))

const bundles = generateDtsBundle(entries, { preferredConfigPath: path.join(root, 'tsconfig.json') })
await Promise.all(bundles.map((text, index) => writeFile(doors[index][1], text)))
