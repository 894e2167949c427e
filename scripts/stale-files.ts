import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface GeneratedFile {
  file: string
  text: string
}

export function isStale({ file, text }: GeneratedFile): boolean {
  return !existsSync(file) || readFileSync(file, 'utf8') !== text
}

/** Writes the stale files. With `--check` it only lists them, and exits with 1. */
export function writeOrCheck(files: readonly GeneratedFile[], command: string): void {
  const stale = files.filter(isStale)
  const names = stale.map(({ file }) => path.relative(process.cwd(), file)).join(', ')
  if (process.argv.includes('--check')) {
    if (stale.length === 0) return
    console.error(`Stale: ${names}. Run \`${command}\`.`)
    process.exit(1)
  }
  for (const { file, text } of stale) writeFileSync(file, text)
  console.log(stale.length === 0 ? 'Everything is up to date.' : `Written: ${names}`)
}
