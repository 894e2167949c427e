import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { readJson } from './read-json'
import { readFiles, ROOT } from './source-files'

/** The code that users copy from the documents: TypeScript is compiled, JSON is read, commands are looked up. */

const documents = readFiles(
  '*.md',
  'docs/*.md',
  'examples/*.md',
  'examples/*/*.md',
  'packages/*/README.md',
  'dev/*/README.md'
)

interface Block {
  readonly document: string
  readonly title: string
  readonly language: string
  readonly code: string
}

const blocks = documents.flatMap((document): Block[] => {
  const text = readFileSync(path.join(ROOT, document), 'utf8')
  return [...text.matchAll(/^ *```(\w*)\n(.*?)^ *```$/gms)].map(([, language = '', code = ''], index) => ({
    document,
    title: `${document}, block ${index + 1}`,
    language,
    code
  }))
})

const inLanguage = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language))

/** What the blocks use without a declaration, because the reader or the page has it. */
const READERS_OWN = `
  declare const analytics: import('@segment/analytics-react-native').SegmentClient
  declare const consumer: {
    run(options: {
      eachBatchAutoResolve: boolean
      eachBatch: ReturnType<typeof import('./examples/kafka/each-batch').createEachBatch>
    }): Promise<void>
    disconnect(): Promise<void>
  }
  declare const events: readonly unknown[]
  declare const jwt: string
`

test('every block is in a language that is checked here, or is a drawing', () => {
  expect([...new Set(blocks.map(({ language }) => language))].sort()).toEqual(['', 'html', 'json', 'sh', 'ts'])
})

test('no command hides in a drawing', () => {
  const hidden = inLanguage('').filter(({ code }) =>
    /^(?:[A-Z_]+=\S+ +)*(?:yarn|npm|npx|intercom-destination) /m.test(code)
  )
  expect(hidden.map(({ title }) => title)).toEqual([])
})

test('every TypeScript block of a document compiles in strict mode', () => {
  const modules = toModules(inLanguage('ts'))
  const files = new Map([[path.join(ROOT, 'readers-own.d.ts'), READERS_OWN]])
  modules.forEach(({ document, code }, index) => {
    // Beside the document, whose files it may import.
    files.set(path.join(ROOT, path.dirname(document), `block-${index}.ts`), `${code}\nexport {}\n`)
  })
  const found = compile(files).map(({ file, messageText }) => {
    const index = Number(/block-(\d+)/.exec(file?.fileName ?? '')?.[1])
    return `${modules[index]?.title ?? 'all'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
  expect(found).toEqual([])
})

/** A block without an import continues the one above it in the same document. */
function toModules(list: readonly Block[]): Block[] {
  const modules: Block[] = []
  for (const block of list) {
    const last = modules.at(-1)
    const continued = last?.document === block.document && !/^import /m.test(block.code)
    if (continued) modules.splice(-1, 1, { ...last, code: `${last.code}\n${block.code}` })
    else modules.push(block)
  }
  return modules
}

function compile(files: ReadonlyMap<string, string>): readonly ts.Diagnostic[] {
  const { config }: { config?: unknown } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file)
  )
  // Whether `override` has to be written is the reader's choice.
  const options = { ...ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options, noImplicitOverride: false }
  const host = ts.createCompilerHost(options)
  const withFiles: ts.CompilerHost = {
    ...host,
    fileExists: (file) => files.has(file) || host.fileExists(file),
    readFile: (file) => files.get(file) ?? host.readFile(file),
    getSourceFile: (file, languageVersion, ...more) => {
      const text = files.get(file)
      return text === undefined
        ? host.getSourceFile(file, languageVersion, ...more)
        : ts.createSourceFile(file, text, languageVersion)
    }
  }
  const program = ts.createProgram([...files.keys()], options, withFiles)
  return [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file)
    return source ? [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)] : []
  })
}

test.each(inLanguage('html').map(({ title, code }) => [title, code]))('%s is a script that parses', (_title, code) => {
  const [, script = ''] = /<script>([^]*)<\/script>/.exec(code) ?? []
  expect(ts.transpileModule(script, { reportDiagnostics: true }).diagnostics).toEqual([])
  expect(script).not.toBe('')
})

test.each(inLanguage('json').map(({ title, code }) => [title, code]))('%s is JSON', (_title, code) => {
  expect(() => void JSON.parse(code)).not.toThrow()
})

/** The commands that a reader types, without comments and what stands before them: `KEY=value`, `cat file |`. */
const commands = inLanguage('sh').flatMap(({ title, code }) =>
  code
    .replace(/ \\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split(/&&|\|(?!\|)/))
    .map((command) => command.trim().replace(/^(?:[A-Z_]+=\S+ +)+/, ''))
    .filter((command) => command !== '')
    .map((command): [string, string] => [command, title])
)

const toObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

/** Programs of the reader's machine. */
const READERS_PROGRAMS = ['cd', 'cp', 'curl', 'git', 'mkdir', 'node', 'npm', 'zcat']
const CLI_COMMANDS = [
  'attributes',
  'check-connection',
  'deliver',
  'emulate',
  'check-mapping',
  'mappings',
  'workbench',
  'trace'
]

test.each(commands)('`%s` (%s) is a command that is there', (command) => {
  const { scripts, packageManager } = readJson(path.join(ROOT, 'package.json'))
  const [program = '', first = '', second = ''] = command.replace(/^npx -y yarn@[\d.]+ /, 'yarn ').split(/\s+/)
  const isOurs = (name: string) => name in toObject(scripts) || ['install', 'workspace'].includes(name)
  const isCommand = (name: string) => CLI_COMMANDS.includes(name) || name.startsWith('-')
  expect(packageManager).toMatch(/^yarn@/)
  if (program === 'yarn')
    expect([first, first === 'intercom-destination' ? isCommand(second) : isOurs(first)]).toEqual([first, true])
  else if (program === 'intercom-destination') expect([first, isCommand(first)]).toEqual([first, true])
  else if (program === 'npx')
    expect([
      command,
      /^npx (?:@intercom-destinations\/cli|intercom-destination) (?:deliver|--help)/.test(command)
    ]).toEqual([command, true])
  else expect(READERS_PROGRAMS).toContain(program)
})
