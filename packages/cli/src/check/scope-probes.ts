import { HTTP_STATUS, isError, isServerError, isSuccess } from '@intercom-destinations/delivery'
import type { RequestClient } from '@segment/actions-core'
import { randomUUID } from 'node:crypto'
import { ConnectionError } from '../target/connection-error'
import { isJsonObject } from '@intercom-destinations/delivery'

/** A read without side effects, and the scope of Intercom's Developer Hub that it needs. */
interface Probe {
  readonly operation: string
  readonly scope: string
  /** The feature that needs it. */
  readonly needed: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly json?: object
}

export type Permission = 'there' | 'missing' | 'not-in-plan' | 'unknown'

export interface Probed {
  readonly operation: string
  readonly scope: string
  readonly needed: string
  readonly permission: Permission
  /** The status of the answer; `null` when none came. */
  readonly status: number | null
}

/** The scopes for the destination's writes. Only a write would show whether they are granted. */
export const WRITE_SCOPES: readonly string[] = [
  'Write users and companies',
  'Write events',
  'Write tags',
  'Write data attributes'
]

/** What an app needs in Developer Hub for all that the destination does, each scope once. */
export const toAppScopes = (): string[] => [...new Set([...probesOf('').map(({ scope }) => scope), ...WRITE_SCOPES])]

/** Intercom's error code for a feature that the plan lacks, whatever the scopes are. */
const PLAN_CODE = 'api_plan_restricted'

/** Scopes as in Developer Hub's table. It lacks `GET /me` and `GET /data_attributes`; their scopes are guesses. */
function probesOf(unusedId: string): Probe[] {
  return [
    {
      operation: 'GET /me',
      scope: 'Read admins',
      needed: 'reading the name of the workspace',
      method: 'GET',
      path: '/me'
    },
    {
      operation: 'POST /contacts/search',
      scope: 'Read and list users and companies',
      needed: 'finding people, so that none is created twice',
      method: 'POST',
      path: '/contacts/search',
      json: { query: { field: 'external_id', operator: '=', value: unusedId }, pagination: { per_page: 1 } }
    },
    {
      operation: 'GET /companies?company_id={company_id}',
      scope: 'Read one user and one company',
      needed: 'finding companies',
      method: 'GET',
      path: `/companies?company_id=${unusedId}`
    },
    {
      operation: 'GET /data_attributes',
      scope: 'Read and list users and companies',
      needed: 'knowing the attributes of the workspace',
      method: 'GET',
      path: '/data_attributes'
    },
    {
      operation: 'GET /tags',
      scope: 'Read tags',
      needed: 'tags_to_add and tags_to_remove',
      method: 'GET',
      path: '/tags'
    },
    { operation: 'GET /admins', scope: 'Read admins', needed: 'owner_id', method: 'GET', path: '/admins' }
  ]
}

/** Finds out what a token may read. Writes nothing, and reads no data of people. */
export async function probeScopes(request: RequestClient, host: string): Promise<Probed[]> {
  const probed: Probed[] = []
  // An id that is not in use, so that the answers contain no data of people.
  for (const { operation, scope, needed, method, path, json } of probesOf(`check-${randomUUID()}`)) {
    const answer = await ask(request, host + path, { method, json })
    const { status } = answer
    if (status === HTTP_STATUS.unauthorized) {
      throw new ConnectionError('Intercom no longer accepts the access token. Connect the workspace again.')
    }
    const permission = toPermission(answer)
    probed.push({ operation, scope: namedScope(answer) ?? scope, needed, permission, status })
  }
  return probed
}

interface Answer {
  readonly status: number | null
  readonly data: unknown
}

/**
 * Reads Intercom's answer. The answer of a redirect, a proxy or a login page counts as none, because it proves no
 * permission. An error is dropped, because it may quote the token.
 */
export async function ask(
  request: RequestClient,
  url: string,
  { method, json }: { method: 'GET' | 'POST'; json?: object } = { method: 'GET' }
): Promise<Answer> {
  try {
    const { status, data } = await request<unknown>(url, { method, json, throwHttpErrors: false, redirect: 'manual' })
    return isFromIntercom(status, data) ? { status, data } : NO_ANSWER
  } catch {
    return NO_ANSWER
  }
}

const NO_ANSWER: Answer = { status: null, data: undefined }

/** Whether the answer has Intercom's form: an object for a success, and a list with a code for a 4xx error. */
function isFromIntercom(status: number, data: unknown): boolean {
  if (isError(status)) return isServerError(status) || typeof errorOf({ status, data }).code === 'string'
  return isSuccess(status) && isJsonObject(data) && !Array.isArray(data.errors)
}

function toPermission(answer: Answer): Permission {
  const { status } = answer
  if (status === HTTP_STATUS.forbidden) return errorOf(answer).code === PLAN_CODE ? 'not-in-plan' : 'missing'
  const isAnswered = status !== null && (isSuccess(status) || status === HTTP_STATUS.notFound)
  return isAnswered ? 'there' : 'unknown'
}

/** The scope that Intercom names: `You do not have the required scope (…) to access this resource` (OpenAPI 2.16). */
function namedScope(answer: Answer): string | undefined {
  const { message } = errorOf(answer)
  const named = typeof message === 'string' ? /required scope \(([^)]+)\)/.exec(message)?.[1] : undefined
  return answer.status === HTTP_STATUS.forbidden ? named : undefined
}

function errorOf({ data }: Answer): { code?: unknown; message?: unknown } {
  const errors: unknown[] = isJsonObject(data) && Array.isArray(data.errors) ? data.errors : []
  const [first] = errors
  return isJsonObject(first) ? first : {}
}
