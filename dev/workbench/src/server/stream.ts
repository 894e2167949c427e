import type { Context } from 'hono'
import { streamSSE, type SSEStreamingApi } from 'hono/streaming'
import type { Row, StreamMessages } from '../contract'

/** Proxies and browsers give up on a stream that is silent for long. */
const HEARTBEAT_MS = 20_000

export type Message = {
  [Name in keyof StreamMessages]: { readonly name: Name; readonly value: StreamMessages[Name] }
}[keyof StreamMessages]

/** Sends changes to every open page. */
export class Broadcast {
  readonly #readers = new Set<Reader>()

  send(message: Message): void {
    for (const reader of this.#readers) reader.push(message)
  }

  /** Streams to one page until it leaves. `greeting` is sent at once, so that the page knows that it is connected. */
  open(context: Context, greeting: Message): Response {
    return streamSSE(context, async (stream) => {
      const reader = new Reader(stream)
      this.#readers.add(reader)
      stream.onAbort(() => {
        reader.end()
      })
      reader.push(greeting)
      await reader.write()
      this.#readers.delete(reader)
    })
  }

  close(): void {
    for (const reader of this.#readers) reader.end()
  }
}

/**
 * One page that listens. Of unread messages only the latest version of each is kept, so a slow page does not fill the
 * memory.
 */
class Reader {
  readonly #stream: SSEStreamingApi
  readonly #rows = new Map<string, Row>()
  readonly #others = new Map<Message['name'], Message>()
  #isEnded = false
  #wake: () => void = () => undefined

  constructor(stream: SSEStreamingApi) {
    this.#stream = stream
  }

  push(message: Message): void {
    if (message.name === 'rows') for (const row of message.value) this.#rows.set(row.id, row)
    else this.#others.set(message.name, message)
    if (message.name === 'cleared') this.#rows.clear()
    this.#wake()
  }

  end(): void {
    this.#isEnded = true
    this.#wake()
  }

  /** Writes one message at a time until the page is gone. */
  async write(): Promise<void> {
    const heartbeat = setInterval(() => void this.#stream.write(': still here\n\n'), HEARTBEAT_MS)
    try {
      while (!this.#isEnded) {
        for (const { name, value } of this.#take()) {
          await this.#stream.writeSSE({ event: name, data: JSON.stringify(value) })
        }
        if (this.#rows.size + this.#others.size === 0) await this.#news()
      }
    } finally {
      clearInterval(heartbeat)
    }
  }

  /** The unread messages. `cleared` comes before the rows that followed it. */
  #take(): Message[] {
    const cleared = this.#others.get('cleared')
    this.#others.delete('cleared')
    const rows: Message[] = this.#rows.size > 0 ? [{ name: 'rows', value: [...this.#rows.values()] }] : []
    const messages = [...(cleared ? [cleared] : []), ...rows, ...this.#others.values()]
    this.#rows.clear()
    this.#others.clear()
    return messages
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isEnded) resolve()
      else this.#wake = resolve
    })
  }
}
