import { realpathSync } from 'node:fs'
import { createRequire as requireFrom } from 'node:module'
import { CORE, findInstalledCore, toRemedy } from './installed-core'

/** The files from which this package, and the program that runs it, load actions-core. */
export interface CoreCopies {
  ours: string
  hosts: string
}

/**
 * Warns once, at import, of two copies of actions-core. The host's copy does not recognise this package's errors and batch
 * responses by `instanceof`, and then reports every event of a batch as delivered.
 */
export function warnOfCoreCopies(find: () => CoreCopies | undefined = findInstalledCopies): void {
  let copies: CoreCopies | undefined
  try {
    copies = find()
  } catch {
    // A host without actions-core has no second copy.
    return
  }
  if (copies === undefined || copies.ours === copies.hosts) return
  process.emitWarning(
    `There are two copies of ${CORE}: this destination loads ${toVersion(copies.ours)}, the program that runs it ${toVersion(copies.hosts)}. Failed events of a batch would be taken for delivered. Install one copy. ${toRemedy(CORE, toVersion(copies.ours))}`,
    { code: 'INTERCOM_TWO_CORES' }
  )
}

function findInstalledCopies(): CoreCopies | undefined {
  return findInstalledCore() === undefined ? undefined : findCoreCopies(process.argv[1])
}

/** Resolves both. Links are followed, because a linked copy is the same copy. */
export function findCoreCopies(program: string | undefined, self: string = __filename): CoreCopies | undefined {
  if (program === undefined) return undefined
  const resolve = (file: string) => realpathSync(requireFrom(file).resolve(CORE))
  return { ours: resolve(self), hosts: resolve(realpathSync(program)) }
}

/** `…/actions-core/dist/cjs/index.js` → `3.170.0`, or the path itself if its package.json cannot be read. */
function toVersion(entry: string): string {
  try {
    const manifest: unknown = requireFrom(entry)(entry.replace(/(actions-core[\\/]).*$/, '$1package.json'))
    const version: unknown = typeof manifest === 'object' && manifest !== null && Reflect.get(manifest, 'version')
    return typeof version === 'string' ? version : entry
  } catch {
    return entry
  }
}
