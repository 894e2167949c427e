import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ProcessIo } from '../command/process-io'
import { UsageError } from '../command/usage-error'

const FILE = path.join('workbench', 'run-workbench.js')
/** The built file is beside the bundle or one folder above its chunks. Tests run the sources and use the build. */
const FOLDERS = [__dirname, path.dirname(__dirname), path.resolve(__dirname, '..', '..', 'dist')]

/**
 * Runs the command `workbench`. The workbench is built on top of this package, so it is loaded from the folder into which
 * the build puts it (decisions/0063).
 */
export async function runWorkbench(args: readonly string[], io: ProcessIo): Promise<void> {
  const run = await load()
  const code = await run(args, 'intercom-destination workbench')
  if (typeof code !== 'number') throw new TypeError('The workbench gave no exit code.')
  io.setExitCode(code)
}

type Run = (...args: readonly unknown[]) => unknown

async function load(): Promise<Run> {
  const file = FOLDERS.map((folder) => path.join(folder, FILE)).find((one) => existsSync(one))
  if (file === undefined) {
    throw new UsageError(
      'The workbench is not in this build. In the repository: yarn build:js. Elsewhere: install anew.'
    )
  }
  const loaded: unknown = await import(pathToFileURL(file).href)
  const run: unknown = isObject(loaded) ? loaded.runWorkbench : undefined
  if (!isRun(run)) throw new TypeError(`${file} is no workbench.`)
  return run
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isRun = (value: unknown): value is Run => typeof value === 'function'
