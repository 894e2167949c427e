import { setTimeout } from 'node:timers/promises'
import { WRITE_KEY } from './opened'

const AS_JSON = { 'content-type': 'application/json' }

/** What a test says to a workbench without looking at the page. */
export interface Talk {
  /** As a Segment library sends it: `send('identify', { userId: 'u1' })`. */
  readonly send: (type: string, body: object) => Promise<void>
  readonly read: <Answer>(path: string) => Promise<Answer>
  /** Asks again and again until it is so. */
  readonly until: <Answer>(path: string, isSo: (answer: Answer) => boolean) => Promise<void>
  readonly clear: () => Promise<void>
}

const ASK_EVERY_MS = 250

/** The address is read with each call, because a new workbench may be opened for each test. */
export function talkTo(workbench: { readonly url: string }): Talk {
  const read = async <Answer>(path: string) => {
    const answer: Answer = await (await fetch(`${workbench.url}/api/${path}`)).json()
    return answer
  }
  return {
    read,
    until: async <Answer>(path: string, isSo: (answer: Answer) => boolean) => {
      while (!isSo(await read<Answer>(path))) await setTimeout(ASK_EVERY_MS)
    },
    send: async (type, body) => {
      const authorization = `Basic ${Buffer.from(`${WRITE_KEY}:`).toString('base64')}`
      const answer = await fetch(`${workbench.url}/v1/${type}`, {
        method: 'POST',
        headers: { ...AS_JSON, authorization },
        body: JSON.stringify(body)
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
    clear: async () => {
      await fetch(`${workbench.url}/api/clear`, { method: 'POST', headers: AS_JSON })
    }
  }
}
