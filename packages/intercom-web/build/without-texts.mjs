import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const DESCRIBED = /[\\/](fields|index|losses|regions|build-contact)\.ts$/
const TEXTS = [
  'label',
  'description',
  'title',
  'choices',
  'depends_on',
  'defaultObjectUI',
  'platform',
  'defaultSubscription'
]
/** A page needs the Messenger's host of a region only, and an app needs none. */
const REGION_TEXTS = ['label', 'rest', 'authorize']
/** What only the cloud half reads of a person. */
const CLOUD_INPUTS = ['role', 'owner_id', 'last_seen_at']
/** The presets need only the default of a field. */
const FIELD_RULES = ['type', 'required', 'multiple', 'properties']

/**
 * An esbuild plugin for the bundles that pages and apps load. It removes texts that only Segment's catalog reads, and reasons for
 * losses that only the cloud half has. The remote script has no presets, so its fields are removed too. `half` is the package
 * that is bundled.
 */
export const withoutTexts = ({ fields, half = 'intercom-web' }) => ({
  name: 'without-texts',
  setup({ onLoad }) {
    onLoad({ filter: DESCRIBED }, async ({ path: file }) => {
      if (file.includes('node_modules')) return undefined
      const kind = path.basename(file, '.ts')
      return rewrite(file, (source) => transformersFor(kind, { fields, half }, source))
    })
  }
})

/** The text of a module after the transformers, in the form that esbuild loads. */
export async function rewrite(file, toTransformers) {
  const source = ts.createSourceFile(file, await readFile(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const { transformed } = ts.transform(source, toTransformers(source))
  return { contents: ts.createPrinter().printFile(transformed[0]), loader: 'ts' }
}

function transformersFor(kind, { fields, half }, source) {
  if (kind === 'losses') return [dropProperties(unusedReasons(source, half))]
  if (kind === 'regions') return [dropProperties(new Set(REGION_TEXTS))]
  if (kind === 'build-contact') return [withoutInputs(new Set(CLOUD_INPUTS), source)]
  if (kind === 'fields')
    return fields
      ? [dropProperties(new Set([...TEXTS, ...FIELD_RULES])), onDemand(toUsedFields(half))]
      : [withoutValues]
  return [dropProperties(new Set([...TEXTS, ...(fields ? [] : ['fields'])]))]
}

export function dropProperties(names) {
  return (context) => {
    const visit = (node) => (isNamed(node, names) ? undefined : ts.visitEachChild(node, visit, context))
    return (file) => ts.visitNode(file, visit)
  }
}

function isNamed(node, names) {
  return ts.isPropertyAssignment(node) && 'text' in node.name && names.has(node.name.text)
}

/** Leaves out attributes of a person, and what reads their input. Fails if a client passes one of them. */
const withoutInputs = (names, source) => (context) => {
  const passed = readFileSync(path.join(path.dirname(source.fileName), 'identify-payload.ts'), 'utf8')
  for (const name of names) if (passed.includes(`${name}:`)) throw new Error(`identify-payload.ts passes ${name}`)
  const visit = (node) => {
    if (isNamed(node, names)) return undefined
    const isRead =
      ts.isPropertyAccessExpression(node) && node.expression.getText() === 'fields' && names.has(node.name.text)
    return isRead ? context.factory.createIdentifier('undefined') : ts.visitEachChild(node, visit, context)
  }
  return (file) => ts.visitNode(file, visit)
}

/** Removes the value of `export const plan = …`. */
function withoutValues({ factory }) {
  return eachConstant(factory, () => factory.createObjectLiteralExpression())
}

/**
 * Marks `export const plan = …` as pure, so that a bundler can remove it if it is unused. Otherwise a bundler treats every
 * spread as an effect, and every export of a namespace as used.
 */
const onDemand =
  (used) =>
  ({ factory }) =>
    eachConstant(
      factory,
      (value) => {
        const call = factory.createCallExpression(
          factory.createArrowFunction(
            undefined,
            undefined,
            [],
            undefined,
            undefined,
            factory.createParenthesizedExpression(value)
          ),
          undefined,
          []
        )
        return ts.addSyntheticLeadingComment(call, ts.SyntaxKind.MultiLineCommentTrivia, ' @__PURE__ ', false)
      },
      used
    )

function eachConstant(factory, toValue, isUsed = () => true) {
  const update = (statement) =>
    ts.isVariableStatement(statement)
      ? factory.updateVariableStatement(
          statement,
          statement.declarationList.declarations.some(({ name }) => isUsed(name.text)) ? statement.modifiers : [],
          factory.updateVariableDeclarationList(
            statement.declarationList,
            statement.declarationList.declarations.map((one) =>
              factory.updateVariableDeclaration(one, one.name, undefined, undefined, toValue(one.initializer))
            )
          )
        )
      : statement
  return (file) => factory.updateSourceFile(file, file.statements.map(update))
}

/** Whether the half, or another file of fields, uses a field. */
function toUsedFields(half) {
  const named = sourcesOf(half)
    .map((file) => readFileSync(file, 'utf8'))
    .join()
  return (name) => new RegExp(`Fields\\.${name}\\b|(import|from)[^\n]*\\b${name}\\b|^  ${name},?$`, 'm').test(named)
}

/** The reasons that no source of the half uses. */
function unusedReasons(source, half) {
  const named = sourcesOf(half)
    .filter((file) => file !== source.fileName)
    .map((file) => readFileSync(file, 'utf8'))
    .join()
  const reasons = new Set()
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.initializer) && !named.includes(`'${node.name.text}'`))
      reasons.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return reasons
}

function sourcesOf(half) {
  const packages = fileURLToPath(new URL('../..', import.meta.url))
  return ['shared-mapping', half]
    .flatMap((name) =>
      readdirSync(path.join(packages, name, 'src'), { recursive: true }).map((file) =>
        path.join(packages, name, 'src', file)
      )
    )
    .filter((file) => file.endsWith('.ts') && !file.includes('__tests__'))
}
