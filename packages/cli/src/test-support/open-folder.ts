import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runInside, type InsideOptions, type Run } from './run-inside'

/** A folder of its own for one test file: its input, failed lines and journals. */
export interface TestFolder {
  readonly folder: string
  /** Keeps journals inside the folder. */
  readonly env: Readonly<Record<string, string>>
  /** Writes a file, and returns its path. */
  readonly write: (name: string, content: string | Uint8Array) => string
  /** Runs a command in this process, with its journals in the folder. */
  readonly run: (args: readonly string[], options?: InsideOptions) => Promise<Run>
  readonly remove: () => void
}

export function openFolder(): TestFolder {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'intercom-destination-'))
  const env = { XDG_STATE_HOME: path.join(folder, 'state') }
  return {
    folder,
    env,
    write: (name, content) => {
      const file = path.join(folder, name)
      writeFileSync(file, content)
      return file
    },
    run: (args, options = {}) => runInside(args, { ...options, env: { ...env, ...options.env } }),
    remove: () => {
      rmSync(folder, { recursive: true })
    }
  }
}
