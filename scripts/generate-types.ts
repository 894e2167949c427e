import { fieldsToJsonSchema } from '@segment/actions-core'
import { compile } from 'json-schema-to-typescript'
import path from 'node:path'
import { definitions, type Described, type Fields } from './definitions'
import { writeOrCheck, type GeneratedFile } from './stale-files'

/** Generates each `generated-types.ts` from the field definitions, as in Segment's own repository. */

const PACKAGES = path.resolve(__dirname, '..', 'packages')
const BANNER = '// Generated file. DO NOT MODIFY IT BY HAND.'
const STYLE = { semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 } as const

type Schema = Record<string, unknown>

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Titles would become separate types, and choices would narrow `string`, although saved mappings may hold other values. */
function withoutTitlesAndChoices({ title: _title, enum: _enum, ...schema }: Schema): Schema {
  const { properties, items } = schema
  return {
    ...schema,
    ...(isSchema(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [
          key,
          isSchema(value) ? withoutTitlesAndChoices(value) : value
        ])
      )
    }),
    ...(isSchema(items) && { items: withoutTitlesAndChoices(items) })
  }
}

async function generatedFile(
  file: string,
  interfaceName: 'Settings' | 'Payload',
  fields: Fields
): Promise<GeneratedFile> {
  const schema = withoutTitlesAndChoices({ ...fieldsToJsonSchema(fields, { tsType: true }) })
  return { file, text: await compile(schema, interfaceName, { bannerComment: BANNER, style: STYLE }) }
}

function typesOf({ packageName, settings, actions }: Described): Promise<GeneratedFile>[] {
  const src = path.join(PACKAGES, packageName, 'src')
  return [
    generatedFile(path.join(src, 'generated-types.ts'), 'Settings', settings),
    ...actions.map(({ key, fields }) => generatedFile(path.join(src, key, 'generated-types.ts'), 'Payload', fields))
  ]
}

export async function generatedTypes(): Promise<GeneratedFile[]> {
  return Promise.all((await definitions()).flatMap(typesOf))
}

if (require.main === module) void generatedTypes().then((files) => writeOrCheck(files, 'yarn types'))
