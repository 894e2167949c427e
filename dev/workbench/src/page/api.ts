import type { Problem, Problems } from '../contract'

/** A refusal of the server, with its problems. */
export class Refused extends Error {
  constructor(
    readonly problems: readonly Problem[],
    /** The status of the answer; missing without an answer. */
    readonly status?: number
  ) {
    super(problems.map(({ message }) => message).join(' '))
    this.name = 'Refused'
  }
}

const GONE = 'The workbench does not answer. Is it still running in its terminal?'

export function readJson<Answer>(text: string): Answer {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- both ends are built from one contract, in one build
  return JSON.parse(text)
}

async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`/api/${path}`, {
    method,
    ...(method === 'GET' ? {} : { headers: { 'Content-Type': 'application/json' } }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  }).catch(() => {
    throw new Refused([{ path: '', message: GONE }])
  })
  const text = await response.text()
  if (!response.ok) throw new Refused(problemsIn(text), response.status)
  return readJson(text === '' ? 'null' : text)
}

function problemsIn(text: string): readonly Problem[] {
  try {
    return readJson<Problems>(text).problems
  } catch {
    return [{ path: '', message: GONE }]
  }
}

export const get = <Answer>(path: string): Promise<Answer> => ask('GET', path)
export const post = <Answer>(path: string, body: unknown = {}): Promise<Answer> => ask('POST', path, body)
export const put = <Answer>(path: string, body: unknown): Promise<Answer> => ask('PUT', path, body)
export const del = <Answer>(path: string): Promise<Answer> => ask('DELETE', path, {})

/** A last request of a page that is being left; its answer is not read. */
export function putOnLeaving(path: string, body: unknown): void {
  const headers = { 'Content-Type': 'application/json' }
  void fetch(`/api/${path}`, { method: 'PUT', headers, body: JSON.stringify(body), keepalive: true }).catch(
    () => undefined
  )
}
