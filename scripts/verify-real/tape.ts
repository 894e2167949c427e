import { isFields, type Exchange } from './api'

/** An exchange in the format of the committed recordings. */
export interface Taped {
  readonly tape: string
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly status: number
  readonly reply: unknown
  readonly headers: Readonly<Record<string, string>>
}

const HEADERS = [
  'Date',
  'Content-Type',
  'X-RateLimit-Limit',
  'X-RateLimit-Reset',
  'X-RateLimit-Remaining',
  'Intercom-Version'
]

/** Fields that identify the workspace. */
const PRIVATE = ['workspace_id', 'app_id', 'admin_id', 'request_id']
const MASK = 'masked'
const FOREIGN_EMAIL = /[^\s"'<>@]+@(?!example\.com\b)[^\s"'<>@]+\.[^\s"'<>@]+/g

const masked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value === 'string') return value.replace(FOREIGN_EMAIL, MASK)
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, PRIVATE.includes(key) ? MASK : masked(one)])
  )
}

/** The recording has only our own attributes, because the others show what the customer stores about people. */
const ownAttributes = (reply: unknown): unknown => {
  if (!isFields(reply) || !Array.isArray(reply.data)) return reply
  const own = reply.data.filter((one) => isFields(one) && String(one.name).startsWith('verify_real'))
  return { ...reply, data: own }
}

/** The recording of a run, without the token and without data about the people of the workspace. */
export const toTape = (exchanges: readonly Exchange[], tape: string): Taped[] =>
  exchanges
    // It describes the admin and the workspace, and no case needs it.
    .filter(({ path }) => path !== '/me')
    .map(({ method, path, query, body, status, reply, text, headers }) => ({
      tape,
      method,
      path,
      ...(Object.keys(query).length === 0 ? {} : { query }),
      ...(body === undefined ? {} : { body }),
      status,
      reply: masked(path === '/data_attributes' && method === 'GET' ? ownAttributes(reply) : (reply ?? text)),
      headers: Object.fromEntries(
        HEADERS.flatMap((name) => {
          const value = headers.get(name)
          return value === null ? [] : [[name, value]]
        })
      )
    }))
