import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv'
import { load } from 'js-yaml'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../source-files'

/** Intercom's own description of its API. It lies beside the repository, and not everywhere. */
const FILE = path.resolve(ROOT, '../shared/data/intercom-openapi-2.16.yaml')

export const hasDescription = existsSync(FILE)

/** What to say instead of a proof, where there is nothing to prove it with. */
export const skippedNote = hasDescription ? '' : ` (skipped: ${FILE} is absent)`

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const below = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce((found, key) => (isFields(found) ? found[key] : undefined), value)

const METHODS = ['get', 'post', 'put', 'delete', 'patch']

/** Keywords of OpenAPI 3.0 that hold a schema each, a list of them, or one for each name. */
const ONE = ['items', 'additionalProperties', 'not']
const MANY = ['allOf', 'anyOf']
const NAMED = ['properties']
/** Keywords that mean the same in JSON Schema. */
const PLAIN = ['type', 'enum', 'required', 'minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength']

/**
 * A schema of OpenAPI 3.0 as JSON Schema. `nullable` is honoured beside a `$ref`, too, where 3.0 would not look at it,
 * and `oneOf` is read as "one or more": several of the description's alternatives are not exclusive.
 */
const toJsonSchema = (schema: unknown): unknown => {
  if (!isFields(schema)) return schema
  const target: Fields = {}
  const { $ref, oneOf } = schema
  if (typeof $ref === 'string') target.$ref = $ref.replace('#/components/schemas/', '#/$defs/')
  else {
    for (const key of PLAIN) if (key in schema) target[key] = schema[key]
    for (const key of ONE) if (key in schema) target[key] = toJsonSchema(schema[key])
    for (const key of MANY) {
      const list = schema[key]
      if (Array.isArray(list)) target[key] = list.map(toJsonSchema)
    }
    for (const key of NAMED) {
      const named = schema[key]
      if (isFields(named)) target[key] = mapped(named)
    }
    if (Array.isArray(oneOf)) target.anyOf = oneOf.map(toJsonSchema)
  }
  return schema.nullable === true ? { anyOf: [{ type: 'null' }, target] } : target
}

const mapped = (schemas: Fields): Fields =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toJsonSchema(schema)]))

export interface Operation {
  /** `POST /contacts/{contact_id}/tags`, as the description writes it. */
  readonly name: string
  /** Undefined where the description says nothing about it. */
  readonly body: ValidateFunction | undefined
  readonly bodyKeys: readonly string[]
  readonly answers: ReadonlyMap<number, ValidateFunction | undefined>
}

export interface Description {
  readonly operations: readonly string[]
  /** The operation a request is for: literal segments win over `{params}`. */
  readonly find: (method: string, path: string) => Operation | undefined
}

const bySegments = (pattern: string, real: string): boolean => {
  const [want, have] = [pattern.split('/'), real.split('/')]
  return want.length === have.length && want.every((part, place) => part.startsWith('{') || part === have[place])
}

const literals = (pattern: string) => pattern.split('/').filter((part) => !part.startsWith('{')).length

/** Reads the description once; a schema is compiled when it is first asked for. */
export const readDescription = (): Description => {
  const document: unknown = load(readFileSync(FILE, 'utf8'))
  const schemas = below(document, 'components', 'schemas')
  const paths = below(document, 'paths')
  if (!isFields(schemas) || !isFields(paths)) throw new Error(`${FILE} is no OpenAPI description`)
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema({ $id: 'intercom', $defs: mapped(schemas) })
  const compile = (schema: unknown): ValidateFunction | undefined => {
    if (!isFields(schema)) return undefined
    const target = toJsonSchema(schema)
    const text = JSON.stringify(target).replaceAll('"#/$defs/', '"intercom#/$defs/')
    const absolute: unknown = JSON.parse(text)
    return isFields(absolute) ? ajv.compile(absolute) : undefined
  }
  const resolve = (schema: unknown): unknown => {
    const name = below(schema, '$ref')
    return typeof name === 'string' ? schemas[name.replace('#/components/schemas/', '')] : schema
  }
  /** The names a body may have, those of its alternatives included. */
  const keysOf = (schema: unknown): string[] => {
    const found = resolve(schema)
    const more = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => {
      const list = below(found, key)
      return Array.isArray(list) ? list.flatMap(keysOf) : []
    })
    const properties = below(found, 'properties')
    return [...(isFields(properties) ? Object.keys(properties) : []), ...more]
  }
  const read = (pattern: string, method: string): Operation => {
    const operation = below(paths, pattern, method)
    const sent = below(operation, 'requestBody', 'content', 'application/json', 'schema')
    const answers = below(operation, 'responses')
    return {
      name: `${method.toUpperCase()} ${pattern}`,
      body: compile(sent),
      bodyKeys: keysOf(sent),
      answers: new Map(
        Object.entries(isFields(answers) ? answers : {}).map(([status, answer]) => [
          Number(status),
          compile(below(answer, 'content', 'application/json', 'schema'))
        ])
      )
    }
  }
  const all = Object.entries(paths).flatMap(([pattern, item]) =>
    isFields(item) ? METHODS.filter((method) => method in item).map((method) => ({ pattern, method })) : []
  )
  const known = new Map<string, Operation>()
  return {
    operations: all.map(({ pattern, method }) => `${method.toUpperCase()} ${pattern}`),
    find: (method, real) => {
      const [found] = all
        .filter((one) => one.method === method.toLowerCase() && bySegments(one.pattern, real))
        .sort((a, b) => literals(b.pattern) - literals(a.pattern))
      if (!found) return undefined
      const key = `${found.method} ${found.pattern}`
      const operation = known.get(key) ?? read(found.pattern, found.method)
      known.set(key, operation)
      return operation
    }
  }
}

/** The place of an error without what the customer named: `/metadata/*`, `/data[]/email`. */
const said = ({ instancePath, message }: ErrorObject) => {
  const place = instancePath.replace(/\/\d+(?=\/|$)/g, '[]').replace(/\/(metadata|custom_attributes)\/.*/, '/$1/*')
  return `${place || '/'} ${message ?? ''}`
}

/** A request with its answer, as the emulator keeps it. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body: unknown
  readonly response: unknown
}

export interface Verdict {
  /** Answers whose status and schema the description has. */
  validated: number
  /** `POST /contacts → 409`: answers that the description says nothing about. */
  uncovered: Set<string>
  /** Bodies held against a schema. */
  bodies: number
  /** `PUT /contacts/{contact_id} → 200: /email must be string` */
  differences: Set<string>
}

/** Holds exchanges against the description; bodies only where `bodies` says that their sender claims to be right. */
export const holdAgainst = (
  description: Description,
  exchanges: readonly Exchange[],
  { bodies }: { bodies: boolean }
): Verdict => {
  const verdict: Verdict = { validated: 0, uncovered: new Set(), bodies: 0, differences: new Set() }
  for (const { method, path: real, status, body, response } of exchanges) {
    const operation = description.find(method, real)
    if (!operation) {
      verdict.uncovered.add(`${method} ${real}`)
      continue
    }
    if (bodies && body !== undefined && operation.body) {
      verdict.bodies += 1
      operation.body(body)
      for (const error of operation.body.errors ?? []) verdict.differences.add(`${operation.name} ← ${said(error)}`)
      for (const key of isFields(body) ? Object.keys(body) : []) {
        if (!operation.bodyKeys.includes(key)) {
          verdict.differences.add(`${operation.name} ← /${key} is not in the description`)
        }
      }
    }
    const validate = operation.answers.get(status)
    if (!validate) {
      // A 202 without a body is described by its status alone.
      if (operation.answers.has(status) && response === undefined) verdict.validated += 1
      else verdict.uncovered.add(`${operation.name} → ${status}`)
      continue
    }
    verdict.validated += 1
    validate(response)
    for (const error of validate.errors ?? []) verdict.differences.add(`${operation.name} → ${status}: ${said(error)}`)
  }
  return verdict
}
