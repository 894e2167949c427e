import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { ROOT, toOurPath, type Half } from './layout'

export interface Module {
  /** Relative to the root of this repository. */
  file: string
  source: ts.SourceFile
  imports: readonly ModuleImport[]
}

export interface ModuleImport {
  specifier: ts.StringLiteralLike
  /** The file of ours that it leads to. `undefined` for a package. */
  target: string | undefined
  /** The whole declaration, where the import is one. */
  declaration: ts.ImportDeclaration | ts.ExportDeclaration | undefined
}

export function readModule(file: string): Module {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    /* setParentNodes */ true
  )
  return { file, source, imports: findImports(source).map((found) => ({ ...found, target: resolve(found, file) })) }
}

/** The modules that the entries of a half reach, by path. Omitted files and dropped `export … from` lead nowhere. */
export function readModules(half: Half): Module[] {
  const modules = new Map<string, Module>()
  const open = [...half.entries]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (modules.has(file)) continue
    const module = readModule(file)
    modules.set(file, module)
    // A replaced text imports nothing of ours.
    if (half.replacements[file] !== undefined) continue
    for (const one of module.imports) {
      if (one.target !== undefined && !isDropped(one, file, half)) open.push(one.target)
    }
  }
  return [...modules.values()].sort((one, other) => (one.file < other.file ? -1 : 1))
}

/** Whether the declaration does not go to Segment's repository. */
export function isDropped({ specifier, target, declaration }: ModuleImport, file: string, half: Half): boolean {
  if (declaration && ts.isExportDeclaration(declaration)) return half.withoutReexports.includes(file)
  if (target !== undefined) return half.omitted.includes(target)
  return specifier.text in half.packages && half.packages[specifier.text] === undefined
}

function resolve({ specifier }: Pick<ModuleImport, 'specifier'>, importer: string): string | undefined {
  const wanted = toOurPath(specifier.text, importer)
  if (wanted === undefined) return undefined
  const found = [`${wanted}.ts`, `${wanted}/index.ts`].find((file) => existsSync(path.join(ROOT, file)))
  if (found === undefined) throw new Error(`${importer} imports ${specifier.text}, which is no TypeScript file`)
  return found
}

const MOCKS = ['mock', 'doMock', 'requireActual']

function findImports(source: ts.SourceFile): Omit<ModuleImport, 'target'>[] {
  const found: Omit<ModuleImport, 'target'>[] = []
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      if (ts.isStringLiteral(node.moduleSpecifier)) found.push({ specifier: node.moduleSpecifier, declaration: node })
    } else if (ts.isCallExpression(node) && loadsModule(node.expression)) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteralLike(argument)) found.push({ specifier: argument, declaration: undefined })
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument
      if (ts.isStringLiteral(literal)) found.push({ specifier: literal, declaration: undefined })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** `import('…')`, `require('…')`, `jest.mock('…')`. */
function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true
  if (ts.isIdentifier(callee)) return callee.text === 'require'
  return (
    ts.isPropertyAccessExpression(callee) && callee.expression.getText() === 'jest' && MOCKS.includes(callee.name.text)
  )
}
