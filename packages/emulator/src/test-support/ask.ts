import type { Emulator } from '../index'

export interface Reply {
  status: number
  headers: Headers
  body: unknown
}

const HOST = 'https://api.intercom.io'

/** Sends one request to an emulator with the usual headers; `headers` replace them, or with '' remove them. */
export const ask = async (
  emulator: Pick<Emulator, 'fetch'>,
  operation: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {}
): Promise<Reply> => {
  const [method = '', path = ''] = operation.split(/ (.*)/s)
  const sent = {
    authorization: 'Bearer a-token',
    'intercom-version': '2.16',
    accept: 'application/json',
    'content-type': 'application/json',
    ...headers
  }
  const response = await emulator.fetch(`${HOST}${path}`, {
    method,
    headers: Object.entries(sent).filter(([, value]) => value !== ''),
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
  })
  const text = await response.text()
  const parsed: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, headers: response.headers, body: parsed }
}

/** The first error of an error envelope; undefined if the reply is none. */
export const errorOf = (reply: Reply): { code: string; message: string } | undefined => {
  const { body } = reply
  if (typeof body !== 'object' || body === null || !('errors' in body) || !Array.isArray(body.errors)) return undefined
  const first: unknown = body.errors[0]
  if (typeof first !== 'object' || first === null || !('code' in first) || !('message' in first)) return undefined
  return { code: String(first.code), message: String(first.message) }
}
