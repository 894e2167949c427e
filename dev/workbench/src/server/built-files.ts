import { existsSync } from 'node:fs'
import path from 'node:path'

/** The thread's file is beside the files that are served. */
export const THREAD_FILE = 'web-thread.js'

/**
 * They are beside the built server. In the command line, the server may be in a chunk. Tests run the server's source and
 * use the build.
 */
const FOLDERS = [__dirname, path.resolve(__dirname, '..', 'workbench'), path.resolve(__dirname, '..', '..', 'dist')]

/** The folder with the built page, the shop, the scripts that they load, and the thread. */
export function findBuiltFolder(): string {
  const found = FOLDERS.find((folder) => existsSync(path.join(folder, THREAD_FILE)))
  if (found === undefined) throw new Error('The files of the workbench are not there. Build them: yarn build:js.')
  return found
}
