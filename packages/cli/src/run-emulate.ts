import { createEmulator, serve, type Emulator } from '@intercom-destinations/emulator'
import type { EmulateArguments } from './command'
import { ConnectionError } from './connection-error'
import { toHoldings } from './holdings'
import { toOperation } from './operation'
import type { Shell } from './shell'
import { readWorkspaceFile } from './workspace-file'

/** Not one that something else is likely to listen on. */
export const DEFAULT_PORT = 4010

const DEFAULT_NAME = 'a new workspace'

/** Serves an emulated workspace until somebody stops it. */
export async function runEmulate({ port, workspace, log }: EmulateArguments, shell: Shell): Promise<void> {
  const { name = DEFAULT_NAME, ...attributes } = workspace === undefined ? {} : await readWorkspaceFile(workspace)
  const interruption = shell.watch('Stopping.')
  const emulator = createEmulator({ workspace: { name }, ...attributes, keptRequests: 0 })
  const { url, close } = await serve(log ? withLog(emulator, shell) : emulator, { port }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConnectionError(`The emulator could not be started on 127.0.0.1:${port}: ${reason}. Try --port 0.`)
  })
  shell.print(`${url}\n`)
  shell.say(
    `An emulated Intercom listens there, for any access token. Deliver to it:\n  intercom-destination deliver FILE --to ${url}\nIt forgets everything when Ctrl-C ends it.`
  )
  await new Promise((resolve) => {
    if (interruption.signal.aborted) resolve(undefined)
    interruption.signal.addEventListener('abort', resolve)
  })
  await close()
  shell.print(`${JSON.stringify(toHoldings(emulator.state))}\n`)
  interruption.release()
}

/** Operations only: ids are people's. */
function withLog({ fetch }: Emulator, { say }: Shell): Pick<Emulator, 'fetch'> {
  return {
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      say(
        `${toOperation(init?.method ?? 'GET', input instanceof Request ? input.url : input.toString())} ${response.status}`
      )
      return response
    }
  }
}
