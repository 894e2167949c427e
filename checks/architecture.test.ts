import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import ts from 'typescript'
import { readJson } from './read-json'
import { ROOT, sourceFiles } from './source-files'

const OURS = '@intercom-destinations/'

interface Import {
  file: string
  from: string
  /** Nothing of it is left when the types are gone. */
  typeOnly: boolean
}

const isTest = (file: string) => /\/(__tests__|test-support)\//.test(file) || /\.(test|e2e)\.tsx?$/.test(file)

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}

function visitAll(file: string, visit: (node: ts.Node) => void): void {
  const visitBelow = (node: ts.Node): void => {
    visit(node)
    ts.forEachChild(node, visitBelow)
  }
  visitBelow(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2022, true))
}

function literalsOf(file: string): string[] {
  const found: string[] = []
  visitAll(file, (node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) found.push(node.text)
  })
  return found
}

function importsOf(file: string): Import[] {
  const found: Import[] = []
  visitAll(file, (node) => {
    const isFrom = ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
    if (isFrom && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ file, from: node.moduleSpecifier.text, typeOnly: isTypeOnly(node) })
    }
    if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
    ) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteral(argument)) found.push({ file, from: argument.text, typeOnly: false })
    }
  })
  return found
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  if (node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = node.importClause?.namedBindings
  return (
    !node.importClause?.name &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every((one) => one.isTypeOnly)
  )
}

const files = sourceFiles('packages/*/src/**/*', 'packages/*/build/**/*', 'dev/*/src/**/*')
const imports = files.flatMap(importsOf)
const shipped = imports.filter(({ file }) => !isTest(file))

const inPackage = (name: string) => shipped.filter(({ file }) => file.startsWith(`packages/${name}/`))
const ours = (list: Import[]) =>
  [...new Set(list.filter(({ from }) => from.startsWith(OURS)).map(({ from }) => from.slice(OURS.length)))].sort()
const arrow = ({ file, from }: Import) => `${file} → ${from}`

test('there is something to check', () => {
  expect(files.length).toBeGreaterThan(50)
})

test.each([
  ['shared-mapping', []],
  ['emulator', []],
  ['intercom-web', ['shared-mapping']],
  ['intercom-react-native', ['shared-mapping']],
  ['intercom-cloud', ['shared-mapping']],
  ['event-file', []],
  ['delivery', ['intercom-cloud']],
  // Its types alone.
  ['redis-state', ['intercom-cloud']],
  ['segment-function', ['delivery', 'intercom-cloud']],
  // The web half only in `trace-web.ts` (decisions/0010).
  ['cli', ['delivery', 'emulator', 'event-file', 'intercom-cloud', 'intercom-web', 'redis-state']]
])('%s imports nothing of ours but %j', (name, allowed) => {
  expect(ours(inPackage(name)).filter((one) => !allowed.some((other) => other === one))).toEqual([])
})

test('the workbench imports what it shows and no other folder of dev but the book', () => {
  const workbench = shipped.filter(({ file }) => file.startsWith('dev/workbench/'))
  const allowed = ['cli', 'delivery', 'emulator', 'event-file', 'intercom-cloud', 'intercom-web', 'scenarios']
  expect(ours(workbench).filter((one) => !allowed.includes(one))).toEqual([])
})

test('what browsers load of the workbench takes nothing of its server but the types they speak in', () => {
  const inBrowser = shipped.filter(({ file }) => /^dev\/workbench\/src\/(page|shop)\//.test(file))
  const foreign = inBrowser.filter(
    ({ from, typeOnly }) =>
      !typeOnly && (from.includes('server/') || (from.startsWith(OURS) && from !== `${OURS}event-file`))
  )
  expect(foreign.map(arrow)).toEqual([])
})

test('the command line loads the web half in one file alone', () => {
  const importers = inPackage('cli').filter(({ from, typeOnly }) => from === `${OURS}intercom-web` && !typeOnly)
  expect([...new Set(importers.map(({ file }) => file))]).toEqual(['packages/cli/src/trace/trace-web.ts'])
})

test('the book of scenarios is data: it imports nothing', () => {
  const book = shipped.filter(({ file, from }) => file.startsWith('dev/scenarios/') && !from.startsWith('./'))
  expect(book.map(arrow)).toEqual([])
})

test('nothing that ships imports what does not', () => {
  expect(
    shipped
      .filter(
        ({ file, from }) => file.startsWith('packages/') && (from.includes('/dev/') || from === `${OURS}scenarios`)
      )
      .map(arrow)
  ).toEqual([])
})

/** The file that a relative import leads to; the others lead out of the package. */
function toTarget({ file, from }: Import): string | undefined {
  if (!from.startsWith('.')) return undefined
  const target = path.join(path.dirname(file), from)
  return [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find((one) => known.has(one))
}

const known = new Set(files)

/** Groups of files of which each reaches each other one by imports, those of types included. */
function findCircles(): string[][] {
  const next = new Map<string, Set<string>>(files.map((file) => [file, new Set()]))
  for (const one of shipped) {
    const target = toTarget(one)
    if (target !== undefined && target !== one.file) next.get(one.file)?.add(target)
  }
  const reach = (from: string) => {
    const seen = new Set<string>()
    const open = [...(next.get(from) ?? [])]
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue
      seen.add(file)
      open.push(...(next.get(file) ?? []))
    }
    return seen
  }
  const reached = new Map(files.map((file) => [file, reach(file)]))
  const circles = files.flatMap((file) => {
    const others = files.filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file))
    return others.length > 0 && others[0] === file ? [others] : []
  })
  return circles
}

/** Fields contain fields, so their components contain each other. */
const NESTED_FIELDS = ['field-row', 'item-list', 'key-rows', 'nested-fields', 'source-editor', 'source-input']

test('no files import each other in a circle, not even for types', () => {
  const nested = NESTED_FIELDS.map((name) => `dev/workbench/src/page/mappings/${name}.tsx`)
  expect(findCircles()).toEqual([nested])
})

test.each([
  [
    'intercom-cloud',
    ['dependencies', 'dynamic-fields', 'errors', 'fields', 'generated-types', 'index', 'test-authentication'],
    ['clock', 'delivery-report', 'generated-choices', 'subscription-types', 'versioning-info']
  ],
  ['cli', ['bin', 'index'], []],
  [
    'emulator',
    ['coverage', 'emulator', 'index'],
    ['answer-request', 'emulator-options', 'emulator-run', 'emulator-state']
  ]
])('%s keeps its root for what a reader looks for first', (name, named, more) => {
  const inRoot = sourceFiles(`packages/${name}/src/*`).map((file) => path.basename(file, '.ts'))
  expect(inRoot.sort()).toEqual([...named, ...more].sort())
})

const SCHEDULERS = ['async-mutex', 'bottleneck', 'fastq', 'p-limit', 'p-queue', 'p-retry', 'p-throttle']

/** They wait for the page, not for Intercom: a bounded close, an outage worth showing, changes sent together. */
const WAITING_FOR_THE_PAGE = ['cloud-half', 'outage-timer', 'row-feed']

test('delivery and the cloud destination alone queue, wait and try again', () => {
  const hosts = shipped.filter(({ file }) => /^(packages\/cli|dev\/workbench\/src\/server)\//.test(file))
  expect(hosts.filter(({ from }) => SCHEDULERS.includes(from)).map(arrow)).toEqual([])
  const waiting = [...new Set(hosts.map(({ file }) => file))].filter((file) => /\.sleep\(/.test(textOf(file)))
  expect(waiting).toEqual(WAITING_FOR_THE_PAGE.map((name) => `dev/workbench/src/server/engine/${name}.ts`))
})

test('every package is entered through its index', () => {
  const deep = imports.filter(({ file, from }) => {
    if (from.startsWith(OURS)) return from.slice(OURS.length).includes('/')
    if (!from.startsWith('.')) return false
    const target = path.join(path.dirname(file), from)
    const [folder = '', name = ''] = file.split('/')
    return !target.startsWith(`${folder}/${name}/`) && !/package\.json$/.test(from)
  })
  expect(deep.filter(({ file }) => !isTest(file)).map(arrow)).toEqual([])
})

test('the shared mapping takes the type InputField from Segment, in field files, and dayjs in values', () => {
  const foreign = inPackage('shared-mapping').filter(({ from }) => !from.startsWith('.'))
  expect(
    foreign
      .filter(({ from, file, typeOnly }) => from.startsWith('@segment/') && !(typeOnly && /fields?\.ts$/.test(file)))
      .map(arrow)
  ).toEqual([])
  expect(foreign.filter(({ from, file }) => from.startsWith('dayjs') && !file.includes('/values/')).map(arrow)).toEqual(
    []
  )
  expect([...new Set(foreign.map(({ from }) => from))].sort()).toEqual([
    '@segment/actions-core',
    'dayjs',
    'dayjs/plugin/utc'
  ])
})

test('web code takes only types from actions-core, which would cost 80 KB gzipped, and the runtime by its subpaths', () => {
  const web = inPackage('intercom-web')
  expect(web.filter(({ from, typeOnly }) => from.startsWith('@segment/actions-core') && !typeOnly).map(arrow)).toEqual(
    []
  )
  expect(web.filter(({ from }) => from === '@segment/browser-destination-runtime').map(arrow)).toEqual([])
})

/** No other package may need them: they are the app's, and only Metro can load all of them. */
const APP_PACKAGES = /^(@segment\/analytics-react-native|@intercom\/intercom-react-native|react-native)\b/

test('the mobile half alone takes packages of an app, and of actions-core only the mapping kit', () => {
  const others = imports.filter(({ file }) => !file.startsWith('packages/intercom-react-native/'))
  expect(others.filter(({ from }) => APP_PACKAGES.test(from)).map(arrow)).toEqual([])
  const foreign = inPackage('intercom-react-native').filter(
    ({ from }) => !from.startsWith('.') && !from.startsWith(OURS)
  )
  expect([...new Set(foreign.map(({ from }) => from))].sort()).toEqual([
    '@intercom/intercom-react-native',
    '@segment/actions-core/mapping-kit',
    '@segment/actions-core/mapping-kit/validate',
    '@segment/analytics-react-native'
  ])
})

test('an action never imports another action, and root files import actions only where they are listed', () => {
  const actionFolders = (name: string) =>
    sourceFiles(`packages/${name}/src/*/generated-types.ts`).map((file) => path.dirname(file))
  for (const name of ['intercom-web', 'intercom-cloud']) {
    const folders = actionFolders(name)
    expect(folders).toHaveLength(name === 'intercom-web' ? 4 : 5)
    const intoAction = inPackage(name).filter(({ file, from }) => {
      const target = path.join(path.dirname(file), from)
      return folders.some((folder) => target.startsWith(folder) && !file.startsWith(`${folder}/`))
    })
    const lists = [
      'index.ts',
      'subscription-types.ts',
      ...(name === 'intercom-web' ? ['create-factory.ts', 'presets.ts'] : [])
    ]
    const listed = lists.map((file) => `packages/${name}/src/${file}`)
    expect(intoAction.filter(({ file }) => !listed.includes(file)).map(arrow)).toEqual([])
  }
})

test('every action folder is one that Segment’s repository could take', () => {
  for (const folder of sourceFiles(
    'packages/intercom-web/src/*/generated-types.ts',
    'packages/intercom-cloud/src/*/generated-types.ts'
  ).map((file) => path.dirname(file))) {
    expect(
      ['index.ts', '__tests__/index.test.ts'].filter((file) => !existsSync(path.join(ROOT, folder, file)))
    ).toEqual([])
  }
})

test('only errors.ts names Segment’s error classes, only the client knows a path of Intercom’s', () => {
  const cloud = files.filter((file) => file.startsWith('packages/intercom-cloud/') && !isTest(file))
  const errorClasses =
    /\b(RetryableError|IntegrationError|PayloadValidationError|InvalidAuthenticationError|APIError)\b/
  expect(cloud.filter((file) => errorClasses.test(textOf(file)))).toEqual(['packages/intercom-cloud/src/errors.ts'])
  const paths = /^(?:[A-Z]+ )?\/(admins|contacts|companies|events|tags|data_attributes|me)\b/
  expect(cloud.filter((file) => literalsOf(file).some((text) => paths.test(text)))).toEqual([
    'packages/intercom-cloud/src/client/operations.ts'
  ])
})

test('what a package imports when it runs, it declares', () => {
  for (const name of [
    'emulator',
    'intercom-cloud',
    'delivery',
    'redis-state',
    'segment-function',
    'cli',
    'shared-mapping',
    'event-file',
    'intercom-web',
    'intercom-react-native'
  ]) {
    const manifest = readJson(path.join(ROOT, 'packages', name, 'package.json'))
    // What a build bundles may stand among the development dependencies.
    const isBundled = ['intercom-web', 'intercom-react-native', 'delivery', 'segment-function', 'cli'].includes(name)
    const bundled = isBundled ? ['devDependencies'] : []
    const declared = ['dependencies', 'peerDependencies', ...bundled].flatMap((kind) =>
      Object.keys(manifest[kind] ?? {})
    )
    const needed = inPackage(name)
      .filter(
        ({ from, typeOnly }) =>
          !typeOnly && !from.startsWith('.') && !from.startsWith('node:') && !builtinModules.includes(from)
      )
      .map(({ from }) =>
        from
          .split('/')
          .slice(0, from.startsWith('@') ? 2 : 1)
          .join('/')
      )
      .filter((one) => one !== `${OURS}shared-mapping`)
    expect([name, [...new Set(needed)].filter((one) => !declared.includes(one))]).toEqual([name, []])
  }
})

test('no folder or file is named for nothing in particular', () => {
  expect(
    files.filter((file) =>
      /(^|\/)(utils?|helpers?|common|misc|functions|constants|data|info|managers?)(\.tsx?|\/)/.test(file)
    )
  ).toEqual([])
})
