import { fieldsToJsonSchema } from '@segment/actions-core'
import { compile } from 'json-schema-to-typescript'
import path from 'node:path'
import { definitions, type Described, type Fields } from './definitions'
import { writeOrCheck, type GeneratedFile } from './stale-files'

/**
 * Generates each `generated-types.ts` from the field definitions, as in Segment's own repository, and for each package a
 * `generated-choices.ts`: the values of settings and fields with a list of choices, for the types that users write against.
 */

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

/** The schema of an object with exactly these properties. */
const objectOf = (properties: Schema): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false
})

/** The fields with choices, each with its values. */
function choicesOf(fields: Fields): Schema {
  const { properties } = fieldsToJsonSchema(fields)
  const chosen = Object.entries(properties ?? {}).filter(([, schema]) => schema.enum)
  return Object.fromEntries(chosen.map(([key, schema]) => [key, { enum: schema.enum }]))
}

async function generatedChoices(file: string, { settings, actions }: Described): Promise<GeneratedFile> {
  const chosen = actions.map(({ key, fields }) => [key, choicesOf(fields)] as const)
  const chosenByAction = chosen.filter(([, fields]) => Object.keys(fields).length > 0)
  const schema = objectOf({
    settings: objectOf(choicesOf(settings)),
    actions: objectOf(Object.fromEntries(chosenByAction.map(([key, fields]) => [key, objectOf(fields)])))
  })
  return { file, text: await compile(schema, 'Choices', { bannerComment: BANNER, style: STYLE }) }
}

function typesOf(described: Described): Promise<GeneratedFile>[] {
  const { packageName, settings, actions } = described
  const src = path.join(PACKAGES, packageName, 'src')
  return [
    generatedChoices(path.join(src, 'generated-choices.ts'), described),
    generatedFile(path.join(src, 'generated-types.ts'), 'Settings', settings),
    ...actions.map(({ key, fields }) => generatedFile(path.join(src, key, 'generated-types.ts'), 'Payload', fields))
  ]
}

export async function generatedTypes(): Promise<GeneratedFile[]> {
  return Promise.all((await definitions()).flatMap(typesOf))
}

if (require.main === module) void generatedTypes().then((files) => writeOrCheck(files, 'yarn types'))
