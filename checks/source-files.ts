import path from 'node:path'
import ts from 'typescript'

export const ROOT = path.resolve(__dirname, '..')

/** TypeScript files of the repository by pattern (`packages/intercom-web/src/**\/*`), relative to its root, sorted. */
export function sourceFiles(...patterns: string[]): string[] {
  const found = ts.sys.readDirectory(ROOT, ['.ts', '.tsx'], ['**/node_modules', '**/dist'], patterns)
  return found.map((file) => path.relative(ROOT, file)).sort()
}
