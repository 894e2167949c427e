import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'

const CORE = '@segment/actions-core'

/** Where this package, and where the program that runs it, load actions-core from. */
export interface CoreCopies {
  ours: string
  hosts: string
}

/**
 * Says once, at import, that there are two copies of actions-core. The host's does not know the errors and the batch
 * answers of ours by `instanceof`, and then takes every event of a batch for delivered.
 */
export function warnOfCoreCopies(find: () => CoreCopies | undefined = () => findCoreCopies(process.argv[1])): void {
  let copies: CoreCopies | undefined
  try {
    copies = find()
  } catch {
    // A bundled host has no packages to look into, and one without actions-core has no second copy.
    return
  }
  if (copies === undefined || copies.ours === copies.hosts) return
  process.emitWarning(
    `There are two copies of ${CORE}: this destination loads ${toVersion(copies.ours)}, the program that runs it ${toVersion(copies.hosts)}. Failed events of a batch would be taken for delivered. Install one copy: add "overrides": { "${CORE}": "${toVersion(copies.ours)}" } (npm, pnpm) or "resolutions" with the same (yarn) to your package.json and install again.`,
    { code: 'INTERCOM_TWO_CORES' }
  )
}

/** What the two resolve to; links are followed, because a linked copy is the same one. */
export function findCoreCopies(program: string | undefined, self: string = __filename): CoreCopies | undefined {
  if (program === undefined) return undefined
  const resolve = (file: string) => realpathSync(createRequire(file).resolve(CORE))
  return { ours: resolve(self), hosts: resolve(realpathSync(program)) }
}

/** `…/actions-core/dist/cjs/index.js` → `3.170.0`; the path where the package cannot be read. */
function toVersion(entry: string): string {
  try {
    const manifest: unknown = createRequire(entry)(entry.replace(/(actions-core[\\/]).*$/, '$1package.json'))
    const version: unknown = typeof manifest === 'object' && manifest !== null && Reflect.get(manifest, 'version')
    return typeof version === 'string' ? version : entry
  } catch {
    return entry
  }
}
