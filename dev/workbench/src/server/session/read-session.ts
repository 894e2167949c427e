import { messageOf, toWorkspace, type EmulatedWorkspace } from '@intercom-destinations/cli'
import { readFile } from 'node:fs/promises'
import type { EventSource, Json, JsonObject } from '../../contract'
import { isTooDeep, TOO_DEEP } from '../api/nesting'
import { HALVES } from '../configuration/catalog'
import { ConfigurationStore } from '../configuration/configuration'
import { isJsonList, isJsonObject } from '../../json-guards'
import { SESSION_FORMAT, SESSION_VERSION, type SessionEvent } from './session-file'

/** What the workbench starts with. */
export interface Session {
  readonly configuration: ConfigurationStore
  readonly workspace: EmulatedWorkspace
  readonly events: readonly SessionEvent[]
  readonly forgotten: number
}

/** A file that is not opened. The message says what is wrong with it, and what to do. */
export class SessionError extends Error {
  override readonly name = 'SessionError'
}

const SOURCES: readonly EventSource[] = ['shop', 'api', 'editor', 'file']

const EXPORT = '"Export session" on the page of a workbench writes one.'
const EVENTS =
  'Drop a file of events on the page, or send it with "intercom-destination deliver FILE". Mappings are imported on the page.'
const DAMAGED = 'Nothing was opened. Export the session once more, or correct that place.'

/** Reads a session that `toSessionFile` has written. Throws a `SessionError`. */
export async function readSessionFile(file: string): Promise<Session> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SessionError(`The session ${file} cannot be read: ${messageOf(error)}.`)
  })
  return readSession(text, file)
}

/** Checks every part of a session before anything is done with it. */
export function readSession(text: string, file: string): Session {
  const root = parse(text)
  if (!isJsonObject(root) || root.format !== SESSION_FORMAT) {
    throw new SessionError(`${file} is no session of the workbench. ${EXPORT} ${EVENTS}`)
  }
  if (root.version !== SESSION_VERSION) {
    throw new SessionError(
      `${file} is a session of another version of the workbench (${toShown(root.version)}); this one opens version ${SESSION_VERSION}. Use the version that wrote it, or a newer one.`
    )
  }
  try {
    return {
      configuration: readDestinations(root.destinations),
      workspace: readWorkspace(root.workspace),
      events: readEvents(root.events),
      forgotten: readCount(root.forgotten)
    }
  } catch (error) {
    throw new SessionError(`The session ${file} is damaged: ${messageOf(error)}. ${DAMAGED}`, { cause: error })
  }
}

function parse(text: string): unknown {
  try {
    // PowerShell and some editors write a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

const toShown = (version: Json | undefined): string => (typeof version === 'number' ? String(version) : 'unknown')

function readDestinations(value: Json | undefined): ConfigurationStore {
  if (!isJsonObject(value)) throw new Error('destinations: an object was expected')
  const configuration = new ConfigurationStore()
  for (const half of HALVES) {
    const state = Object.hasOwn(value, half) ? value[half] : undefined
    if (!isJsonObject(state)) throw new Error(`destinations.${half}: an object was expected`)
    for (const part of ['enabled', 'settings', 'subscriptions']) {
      if (!Object.hasOwn(state, part)) throw new Error(`destinations.${half}.${part} is missing`)
    }
    const [problem] = configuration.change(half, state)?.problems ?? []
    if (problem) throw new Error([`destinations.${half}`, problem.path, problem.message].filter(Boolean).join(': '))
  }
  return configuration
}

function readWorkspace(value: Json | undefined): EmulatedWorkspace {
  try {
    return toWorkspace(value)
  } catch (error) {
    throw new Error(`workspace: ${messageOf(error)}`, { cause: error })
  }
}

function readEvents(value: Json | undefined): SessionEvent[] {
  if (!isJsonList(value)) throw new Error('events: a list was expected')
  return value.map((item, index) => {
    const problem = findProblem(item)
    if (problem !== undefined || !isJsonObject(item)) throw new Error(`events[${index}]${problem ?? ''}`)
    return { source: toSource(item.source) ?? 'file', receivedAt: toTime(item.receivedAt) ?? 0, event: toEvent(item) }
  })
}

function findProblem(item: Json): string | undefined {
  if (!isJsonObject(item)) return ': an object was expected'
  const { source, receivedAt, event } = item
  if (toSource(source) === undefined) return `.source: one of ${SOURCES.join(', ')} was expected`
  if (toTime(receivedAt) === undefined) return '.receivedAt: a time in milliseconds was expected'
  if (!isJsonObject(event) || typeof event.type !== 'string') return '.event: an event with a type was expected'
  return isTooDeep(event) ? `.event: ${TOO_DEEP}` : undefined
}

const toEvent = ({ event }: JsonObject): JsonObject => (isJsonObject(event) ? event : {})

const toSource = (value: Json | undefined): EventSource | undefined => SOURCES.find((source) => source === value)

/** ECMA-262: what a `Date` can hold, in milliseconds. */
const MAX_TIME = 8.64e15

const toTime = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MAX_TIME ? value : undefined

function readCount(value: Json | undefined): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  throw new Error('forgotten: a whole number was expected')
}
