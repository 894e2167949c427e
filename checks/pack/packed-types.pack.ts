import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { ROOT } from '../source-files'
import { emptyProject } from './support'

/** What the compiler of a user accepts and refuses: `checks/types` against the built declarations, without our sources. */

const PACKAGES = ['delivery', 'intercom-web', 'intercom-cloud', 'redis-state']

let project = ''

beforeAll(async () => {
  project = await emptyProject()
  const modules = path.join(project, 'node_modules')
  mkdirSync(path.join(modules, '@intercom-destinations'), { recursive: true })
  for (const name of PACKAGES)
    for (const part of ['package.json', 'dist'])
      cpSync(path.join(ROOT, 'packages', name, part), path.join(modules, '@intercom-destinations', name, part), {
        recursive: true
      })
  for (const name of ['@redis', '@segment', '@types'])
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name))
})

const nodeNext = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }
const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }

function findProblems(files: readonly string[], resolution: ts.CompilerOptions): string[] {
  const program = ts.createProgram(files, {
    ...resolution,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: ['node'],
    typeRoots: [path.join(project, 'node_modules', '@types')]
  })
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
    return `${path.basename(file?.fileName ?? '')}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

function write(name: string, text: string): string {
  const file = path.join(project, name)
  writeFileSync(file, text)
  return file
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')

test.each([
  ['CommonJS', PACKAGES, '.cts', nodeNext],
  // In Node's ESM, the default export of a CommonJS package is its whole module.
  ['ESM', ['delivery', 'intercom-web'], '.mts', nodeNext],
  ['a bundler', PACKAGES, '.ts', bundler]
])('the types refuse mistakes in %s', (_, names, extension, resolution) => {
  const files = names.map((name) => write(name + extension, read(`checks/types/${name}.ts`)))
  expect(findProblems(files, resolution)).toEqual([])
})

test('the code of the READMEs compiles in strict mode', () => {
  const files = PACKAGES.flatMap((name) => {
    const blocks = [...read(`packages/${name}/README.md`).matchAll(/^```ts\n([^]*?)^```$/gm)]
    expect(blocks).not.toEqual([])
    return blocks.map(([, code = ''], index) => write(`readme-${name}-${index}.ts`, `${code}export {}\n`))
  })
  expect(findProblems(files, bundler)).toEqual([])
})
