import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/**
 * The remote script shortens the properties that `private-names.json` lists. Esbuild shortens a name wherever it is a
 * property, so nothing that leaves the script may have one of them: the page, Segment, Intercom, or another copy of the
 * script on the same page.
 */
const root = path.join(__dirname, '..')
const inWeb = (...parts: string[]) => path.join(root, 'packages/intercom-web', ...parts)
const names: unknown = JSON.parse(readFileSync(inWeb('build/private-names.json'), 'utf8'))
const privateNames = new Set(Array.isArray(names) ? names.map(String) : [])

const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file))
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
const stubs = ts.sys.readDirectory(inWeb('build'), ['.ts'])
const program = ts.createProgram(stubs, { ...options, noEmit: true })
const checker = program.getTypeChecker()

const isOurs = (node: ts.Node) =>
  /packages\/(intercom-web|shared-mapping)\/(src|build)\//.test(node.getSourceFile().fileName)
const sources = program.getSourceFiles().filter(isOurs)

/** Types whose values leave the script. */
const SEEN_OUTSIDE: Record<string, readonly string[]> = {
  'intercom-web/src/page-session.ts': ['PageSession'],
  'intercom-web/src/generated-types.ts': ['Settings'],
  'intercom-web/src/messenger.ts': ['UpdateBody', 'MessengerCall'],
  'intercom-web/src/losses.ts': ['LossReport'],
  'intercom-web/src/load-failure.ts': ['LoadFailure'],
  'intercom-web/src/read-settings.ts': ['SavedSubscription'],
  'intercom-web/src/call-queue.ts': ['Stub'],
  'intercom-web/src/plugin-factory.ts': ['IntercomWebFactory', 'IntercomWebSettings'],
  'shared-mapping/src/contact/build-contact.ts': ['ContactInput', 'ContactAttributes'],
  'shared-mapping/src/event/build-event.ts': ['EventInput', 'EventMetadata']
}

function visitAll(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  node.forEachChild((child) => visitAll(child, visit))
}

/** Where a property is declared. For the key of an object, also where the object goes to. */
function declarationsOf(name: ts.Identifier): readonly ts.Declaration[] {
  const { parent } = name
  if (ts.isBindingElement(parent)) return declaredIn(checker.getTypeAtLocation(parent.parent), name.text)
  const own = checker.getSymbolAtLocation(name)
  if (!ts.isObjectLiteralExpression(parent.parent)) return own?.declarations ?? []
  const wanted = checker.getContextualType(parent.parent)
  return [checker.getTypeAtLocation(parent.parent), ...(wanted ? [wanted] : [])].flatMap((type) =>
    declaredIn(type, name.text)
  )
}

function declaredIn(type: ts.Type, name: string): readonly ts.Declaration[] {
  if (type.isUnionOrIntersection()) return type.types.flatMap((part) => declaredIn(part, name))
  return type.getProperty(name)?.declarations ?? []
}

function isProperty(name: ts.Identifier): boolean {
  const { parent } = name
  if (ts.isPropertyAccessExpression(parent)) return parent.name === name
  if (ts.isBindingElement(parent))
    return (
      ts.isObjectBindingPattern(parent.parent) &&
      (parent.propertyName ?? parent.name) === name &&
      !parent.dotDotDotToken
    )
  return ts.isObjectLiteralElement(parent) && parent.name === name
}

const isReference = (type: ts.Type): type is ts.TypeReference => 'target' in type && 'typeArguments' in type

/** The names of our properties in a type, and in everything that its values lead to. */
function namesIn(type: ts.Type, seen: Set<ts.Type>): string[] {
  if (seen.has(type)) return []
  seen.add(type)
  const calls = type.getCallSignatures()
  const properties = type.getProperties().filter(({ declarations }) => declarations?.some(isOurs))
  const parts = [
    ...(type.isUnionOrIntersection() ? type.types : []),
    ...(isReference(type) ? checker.getTypeArguments(type) : []),
    ...calls.map((call) => call.getReturnType()),
    ...[...properties, ...calls.flatMap(({ parameters }) => parameters)].map((one) => checker.getTypeOfSymbol(one))
  ]
  return [...properties.map(({ name }) => name), ...parts.flatMap((part) => namesIn(part, seen))]
}

test('the names are there, and no more than once', () => {
  expect(sources.length).toBeGreaterThan(60)
  expect([...privateNames].sort()).toEqual(names)
  // What Segment and Intercom read has underscores.
  expect([...privateNames].filter((name) => name.includes('_'))).toEqual([])
})

test('a shortened name is only ever a property of our own objects', () => {
  const foreign: string[] = []
  const used = new Set<string>()
  for (const source of sources)
    visitAll(source, (node) => {
      if (!ts.isIdentifier(node) || !privateNames.has(node.text) || !isProperty(node)) return
      used.add(node.text)
      const declarations = declarationsOf(node)
      if (declarations.length === 0 || !declarations.every(isOurs)) foreign.push(`${source.fileName}: ${node.text}`)
    })
  expect(foreign).toEqual([])
  expect([...privateNames].filter((name) => !used.has(name))).toEqual([])
})

test('a shortened name is never read by its text', () => {
  const texts: string[] = []
  for (const source of sources)
    visitAll(source, (node) => {
      if (!ts.isStringLiteralLike(node) || !privateNames.has(node.text)) return
      // The text of a type is not in the script.
      if (!ts.isLiteralTypeNode(node.parent)) texts.push(`${source.fileName}: ${node.text}`)
    })
  expect(texts).toEqual([])
})

test('nothing that leaves the script has a shortened name', () => {
  const found = new Map<string, string[]>()
  for (const [file, types] of Object.entries(SEEN_OUTSIDE)) {
    const source = program.getSourceFile(path.join(root, 'packages', file))
    source?.forEachChild((node) => {
      if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) return
      if (types.includes(node.name.text))
        found.set(node.name.text, namesIn(checker.getTypeAtLocation(node.name), new Set<ts.Type>()))
    })
  }
  expect([...found.keys()].sort()).toEqual(Object.values(SEEN_OUTSIDE).flat().sort())
  // Proof that the walk goes deep: a method of the session, which two copies of the script share.
  expect(found.get('PageSession')).toEqual(expect.arrayContaining(['members', 'isFromEarlierPerson', 'scheduleBoot']))
  expect([...found.values()].flat().filter((name) => privateNames.has(name))).toEqual([])
})
