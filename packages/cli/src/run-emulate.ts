import { createEmulator, serve, type Emulator } from '@intercom-destinations/emulator'
import type { EmulateArguments } from './command'
import { ConnectionError } from './connection-error'
import { toHoldings, type Holdings } from './holdings'
import { toOperation } from './operation'
import type { Shell } from './shell'
import { readWorkspaceFile, toEmulatorOptions } from './workspace-file'
import { messageOf } from './message-of'

/** Not one that something else is likely to listen on. */
export const DEFAULT_PORT = 4010

/** Serves an emulated workspace until somebody stops it. */
export async function runEmulate({ port, workspace, log, rateLimit }: EmulateArguments, shell: Shell): Promise<void> {
  const options = toEmulatorOptions(workspace === undefined ? {} : await readWorkspaceFile(workspace))
  const interruption = shell.watch('Stopping.')
  const emulator = createEmulator({ ...options, rateLimit, keptRequests: 0 })
  const { url, close } = await serve(log ? withLog(emulator, shell) : emulator, { port }).catch((error: unknown) => {
    const reason = messageOf(error)
    throw new ConnectionError(`The emulator could not be started on 127.0.0.1:${port}: ${reason}. Try --port 0.`)
  })
  shell.print(`${url}\n`)
  shell.say(toInvitation(url, toHoldings(emulator.state)))
  await new Promise((resolve) => {
    if (interruption.signal.aborted) resolve(undefined)
    interruption.signal.addEventListener('abort', resolve)
  })
  await close()
  shell.print(`${JSON.stringify(toHoldings(emulator.state))}\n`)
  interruption.release()
}

function toInvitation(url: string, { users, leads, companies }: Holdings): string {
  return [
    'An emulated Intercom listens there, for any access token. How to point things at it:',
    `  intercom-destination deliver FILE --to ${url}`,
    `  new IntercomClient({ token: 'ANY-TOKEN', baseUrl: '${url}' })    // intercom-client 7`,
    `  curl -H 'Authorization: Bearer ANY-TOKEN' ${url}/me`,
    `Users: ${users}, leads: ${leads}, companies: ${companies}. It forgets everything when Ctrl-C ends it.`
  ].join('\n')
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
