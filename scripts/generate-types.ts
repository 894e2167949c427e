import 'tsconfig-paths/register'
import { fieldsToJsonSchema, type InputField } from '@segment/actions-core'
import { compile } from 'json-schema-to-typescript'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Writes each `generated-types.ts` from the field definitions, as Segment's own repository does; with `--check` it only
 * tells which of them are stale.
 */

const ROOT = path.resolve(__dirname, '..')
const BANNER = '// Generated file. DO NOT MODIFY IT BY HAND.'
const STYLE = { semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 } as const

type Fields = Record<string, InputField>
interface Typed {
  file: string
  interfaceName: 'Settings' | 'Payload'
  fields: Fields
}

/** The parts of both kinds of definition that have fields. */
interface Definition {
  settings?: object
  authentication?: { fields: object }
  actions: Record<string, { fields: object }>
}

function isFields(value: object | undefined): value is Fields {
  return value !== undefined
}

function typesOf(packageName: string, { settings, authentication, actions }: Definition): Typed[] {
  const src = path.join(ROOT, 'packages', packageName, 'src')
  const typed = (file: string, interfaceName: Typed['interfaceName'], fields: object | undefined): Typed[] =>
    isFields(fields) ? [{ file: path.join(src, file), interfaceName, fields }] : []
  return [
    ...typed('generated-types.ts', 'Settings', settings ?? authentication?.fields ?? {}),
    ...Object.entries(actions).flatMap(([key, action]) => typed(path.join(key, 'generated-types.ts'), 'Payload', action.fields))
  ]
}

type Schema = Record<string, unknown>

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Titles would become types of their own, and choices would narrow `string` in ways saved mappings need not obey. */
function withoutTitlesAndChoices({ title: _title, enum: _enum, ...schema }: Schema): Schema {
  const { properties, items } = schema
  return {
    ...schema,
    ...(isSchema(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, isSchema(value) ? withoutTitlesAndChoices(value) : value])
      )
    }),
    ...(isSchema(items) && { items: withoutTitlesAndChoices(items) })
  }
}

export async function generateTypes({ interfaceName, fields }: Typed): Promise<string> {
  const schema = withoutTitlesAndChoices({ ...fieldsToJsonSchema(fields, { tsType: true }) })
  return compile(schema, interfaceName, { bannerComment: BANNER, style: STYLE })
}

export async function allTypes(): Promise<{ file: string; text: string }[]> {
  const { destination: web } = await import('../packages/intercom-web/src')
  const { default: cloud } = await import('../packages/intercom-cloud/src')
  const typed = [...typesOf('intercom-web', web), ...typesOf('intercom-cloud', cloud)]
  return Promise.all(typed.map(async (one) => ({ file: one.file, text: await generateTypes(one) })))
}

export function isStale({ file, text }: { file: string; text: string }): boolean {
  return !existsSync(file) || readFileSync(file, 'utf8') !== text
}

async function main(): Promise<void> {
  const stale = (await allTypes()).filter(isStale)
  const names = stale.map(({ file }) => path.relative(ROOT, file))
  if (process.argv.includes('--check')) {
    if (names.length === 0) return
    console.error(`Stale: ${names.join(', ')}. Run \`yarn types\`.`)
    process.exit(1)
  }
  for (const { file, text } of stale) writeFileSync(file, text)
  console.log(names.length === 0 ? 'All generated types are up to date.' : `Written: ${names.join(', ')}`)
}

if (require.main === module) void main()
