import type { ConnectionState } from '../../contract'

/** The current connection in a few words. */
export function sayConnection(connection: ConnectionState): string {
  if (connection.kind === 'none') return 'Not connected'
  return connection.kind === 'emulator' ? `Emulated: ${connection.workspace}` : connection.workspace
}
