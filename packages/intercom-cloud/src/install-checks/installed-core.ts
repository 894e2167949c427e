import { MultiStatusResponse } from '@segment/actions-core'
// Renamed because the banner of many a host's bundle declares `createRequire` itself.
import { createRequire as requireFrom } from 'node:module'

export const CORE = '@segment/actions-core'

/**
 * The file from which this package loads actions-core; nothing where a bundler has put both into one file. Then the copy
 * that a search finds belongs to another package, and says nothing about this one.
 */
export function findInstalledCore(): string | undefined {
  const load = requireFrom(__filename)
  const file = load.resolve(CORE)
  const loaded: unknown = load.cache[file]?.exports
  const isOurs =
    typeof loaded === 'object' && loaded !== null && Reflect.get(loaded, 'MultiStatusResponse') === MultiStatusResponse
  return isOurs ? file : undefined
}

/** How each package manager is told to install one version of a package for everything that uses it. */
export function toRemedy(name: string, version: string): string {
  const pin = `{ "${name}": "${version}" }`
  return `npm: "overrides": ${pin} in package.json. yarn: "resolutions": ${pin} in package.json. pnpm: overrides: ${pin} in pnpm-workspace.yaml; pnpm 9: "pnpm": { "overrides": ${pin} } in package.json. Then install again.`
}
