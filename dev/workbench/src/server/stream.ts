import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { StreamMessages } from '../contract'

/** Proxies and browsers give up on a stream that is silent for long. */
const HEARTBEAT_MS = 20_000

export type Message = {
  [Name in keyof StreamMessages]: { name: Name; value: StreamMessages[Name] }
}[keyof StreamMessages]

/** Tells every open page what has changed. */
export class Broadcast {
  readonly #listeners = new Set<(message: Message) => void>()
  readonly #ends = new Set<() => void>()

  send(message: Message): void {
    for (const listener of this.#listeners) listener(message)
  }

  /** Answers one page, for as long as it listens; with `greeting` at once, so that it knows that it is heard. */
  open(context: Context, greeting: Message): Response {
    return streamSSE(context, async (stream) => {
      const listener = ({ name, value }: Message): void => {
        void stream.writeSSE({ event: name, data: JSON.stringify(value) })
      }
      await new Promise<void>((resolve) => {
        const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS)
        const end = (): void => {
          clearInterval(heartbeat)
          this.#listeners.delete(listener)
          this.#ends.delete(end)
          resolve()
        }
        this.#listeners.add(listener)
        this.#ends.add(end)
        stream.onAbort(end)
        listener(greeting)
      })
    })
  }

  close(): void {
    for (const end of [...this.#ends]) end()
  }
}
