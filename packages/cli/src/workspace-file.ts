import type { AttributeSeed } from '@intercom-destinations/emulator'
import { readFile } from 'node:fs/promises'
import { isJsonObject } from './json-object'
import { UsageError } from './usage-error'

/** What the emulator's workspace is called, and which custom attributes it has. */
export interface EmulatedWorkspace {
  readonly name?: string
  readonly contactAttributes?: readonly AttributeSeed[]
  readonly companyAttributes?: readonly AttributeSeed[]
}

const KEYS: ReadonlySet<string> = new Set(['name', 'contactAttributes', 'companyAttributes'])
const DATA_TYPES = ['string', 'integer', 'float', 'boolean', 'date', 'datetime'] as const satisfies readonly DataType[]

type DataType = AttributeSeed['data_type']

/** Reads a workspace file. Whatever is wrong with it is said together with its place. */
export async function readWorkspaceFile(path: string): Promise<EmulatedWorkspace> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`The workspace file ${path} cannot be read: ${messageOf(error)}`)
  })
  try {
    return toWorkspace(JSON.parse(text))
  } catch (error) {
    throw new UsageError(
      `The workspace file ${path} is not one: ${messageOf(error)}. examples/saas-week.workspace.json shows its form.`
    )
  }
}

/** Turns parsed JSON into a workspace, or throws an `Error` that names the place that is wrong. */
export function toWorkspace(value: unknown): EmulatedWorkspace {
  if (!isJsonObject(value)) throw new Error('an object was expected')
  const stranger = Object.keys(value).find((key) => !KEYS.has(key))
  if (stranger !== undefined) throw new Error(`"${stranger}" is unknown; it may hold ${[...KEYS].join(', ')}`)
  const { name } = value
  if (name !== undefined && typeof name !== 'string') throw new Error('"name" must be a text')
  return {
    ...(name === undefined ? {} : { name }),
    contactAttributes: toAttributes(value.contactAttributes, 'contactAttributes'),
    companyAttributes: toAttributes(value.companyAttributes, 'companyAttributes')
  }
}

function toAttributes(value: unknown, place: string): AttributeSeed[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw new Error(`"${place}" must be a list`)
  const seen = new Set<string>()
  return value.map((item, index) => {
    const attribute = toAttribute(item, `${place}[${index}]`)
    if (seen.has(attribute.name)) throw new Error(`${place}[${index}] declares "${attribute.name}" a second time`)
    seen.add(attribute.name)
    return attribute
  })
}

function toAttribute(value: unknown, place: string): AttributeSeed {
  if (!isJsonObject(value)) throw new Error(`${place} must be an object with "name" and "data_type"`)
  const { name, data_type, options } = value
  if (typeof name !== 'string' || name === '') throw new Error(`${place}.name must be a text`)
  const type = DATA_TYPES.find((known) => known === data_type)
  if (type === undefined) throw new Error(`${place}.data_type must be one of ${DATA_TYPES.join(', ')}`)
  if (options === undefined) return { name, data_type: type }
  if (!isTexts(options)) throw new Error(`${place}.options must be a list of texts`)
  return { name, data_type: type, options }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
