// Bundles each package's declarations into one file, so that none of them refers to the unpublished shared mapping.
import { generateDtsBundle } from 'dts-bundle-generator'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const packages = ['emulator', 'intercom-cloud', 'intercom-web', 'cli']

const entries = packages.map((name) => ({
  filePath: path.join(root, 'packages', name, 'src', 'index.ts'),
  libraries: { inlinedLibraries: ['@intercom-destinations/shared-mapping'] },
  output: { noBanner: true, exportReferencedTypes: false }
}))

const bundles = generateDtsBundle(entries, { preferredConfigPath: path.join(root, 'tsconfig.json') })
await Promise.all(
  bundles.map((text, index) => writeFile(path.join(root, 'packages', packages[index], 'dist', 'index.d.ts'), text))
)
