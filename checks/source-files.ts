import path from 'node:path'
import ts from 'typescript'

export const ROOT = path.resolve(__dirname, '..')

/** TypeScript files of the repository by pattern (`packages/intercom-web/src/**\/*`), relative to its root, sorted. */
export function sourceFiles(...patterns: string[]): string[] {
  return findFiles(['.ts', '.tsx'], patterns)
}

/** All files of the repository that people read: code, scripts and Markdown. */
export function readFiles(...patterns: string[]): string[] {
  return findFiles(['.ts', '.tsx', '.mjs', '.cjs', '.md', '.css'], patterns)
}

function findFiles(extensions: readonly string[], patterns: readonly string[]): string[] {
  // Changelogs are written from commits, which do not change any more.
  const left = ['**/node_modules', '**/dist', '**/CHANGELOG.md']
  const found = ts.sys.readDirectory(ROOT, extensions, left, patterns)
  return found.map((file) => path.relative(ROOT, file)).sort()
}
