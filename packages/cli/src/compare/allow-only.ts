import { Socket } from 'node:net'
import { isObject } from './is-object'

/**
 * Refuses every connection of this thread but those to the emulator, so that a definition that calls a host without its
 * request client cannot write to a real workspace by mistake. It is no sandbox against a hostile module.
 */
export function allowOnly({ hostname, port }: URL): void {
  const connect: unknown = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect')?.value
  if (typeof connect !== 'function') throw new TypeError('Connections of this version of Node cannot be guarded.')
  Object.defineProperty(Socket.prototype, 'connect', {
    configurable: true,
    writable: true,
    value: function (this: Socket, ...args: unknown[]): unknown {
      const target = toTarget(args)
      if (target.port === port && target.host === hostname) return Reflect.apply(connect, this, args)
      return this.destroy(new Error('The definition called a host without its request client, which is not compared.'))
    }
  })
}

/** Node passes its own calls as a list in a list; callers pass options, or a port with a host. */
function toTarget([first, second]: readonly unknown[]): { host: string; port: string } {
  const options: unknown = Array.isArray(first) ? first[0] : first
  if (!isObject(options)) return { host: typeof second === 'string' ? second : '', port: String(options) }
  const { host, port } = options
  return { host: typeof host === 'string' ? host : '', port: String(port) }
}
