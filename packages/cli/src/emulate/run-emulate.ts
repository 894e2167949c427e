import { createEmulator, serve, type Emulator } from '@intercom-destinations/emulator'
import type { EmulateArguments } from '../command/command'
import { ConnectionError } from '../target/connection-error'
import { toWorkspaceCounts, type WorkspaceCounts } from '../target/workspace-counts'
import { toOperation } from '../text/operation'
import type { ProcessIo } from '../command/process-io'
import { toEmulatorOptions, type EmulatedWorkspace } from '../input/emulated-workspace'
import { messageOf } from '../text/message-of'

/** Runs the command `emulate`: serves an emulated workspace until a signal stops it. */
export async function runEmulate({ port, workspace, log, rateLimit }: EmulateArguments, io: ProcessIo): Promise<void> {
  const options = toEmulatorOptions(workspace === undefined ? {} : await readWorkspace(workspace))
  const interruption = io.watch('Stopping.')
  const emulator = createEmulator({ ...options, rateLimit, keptRequests: 0 })
  const { url, close } = await serve(log ? withLog(emulator, io) : emulator, { port }).catch((error: unknown) => {
    const reason = messageOf(error)
    throw new ConnectionError(`The emulator could not be started on 127.0.0.1:${port}: ${reason}. Try --port 0.`)
  })
  io.print(`${url}\n`)
  io.report(toInvitation(url, toWorkspaceCounts(emulator.state)))
  await new Promise((resolve) => {
    if (interruption.signal.aborted) resolve(undefined)
    interruption.signal.addEventListener('abort', resolve)
  })
  await close()
  io.print(`${JSON.stringify(toWorkspaceCounts(emulator.state))}\n`)
  interruption.release()
}

/** Imported when it is needed, because it comes with the code of the destination: without it `emulate` starts fast. */
async function readWorkspace(file: string): Promise<EmulatedWorkspace> {
  const { readWorkspaceFile } = await import('../input/workspace-file')
  return readWorkspaceFile(file)
}

function toInvitation(url: string, { users, leads, companies }: WorkspaceCounts): string {
  return [
    'An emulated Intercom listens there, for any access token. How to use it:',
    `  intercom-destination deliver FILE --to ${url}`,
    `  new IntercomClient({ token: 'ANY-TOKEN', baseUrl: '${url}' })    // intercom-client 7`,
    `  curl -H 'Authorization: Bearer ANY-TOKEN' ${url}/me`,
    `Users: ${users}, leads: ${leads}, companies: ${companies}. Everything is gone when Ctrl-C ends it.`
  ].join('\n')
}

/** Prints operations without ids, because those belong to people. */
function withLog({ fetch }: Emulator, { report }: ProcessIo): Pick<Emulator, 'fetch'> {
  return {
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      report(
        `${toOperation(init?.method ?? 'GET', input instanceof Request ? input.url : input.toString())} ${response.status}`
      )
      return response
    }
  }
}
