import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Relative links of a package's README that lead out of the package: on npm's page they lead nowhere. */
export function deadLinks(readme: string): string[] {
  const links = readFileSync(readme, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)/g)
  return [...links]
    .map(([, target = '']) => target)
    .filter((one) => one.startsWith('..') || !existsSync(path.join(path.dirname(readme), one)))
}
