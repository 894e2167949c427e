import path from 'node:path'
import ts from 'typescript'
import { toTheirPath, type Half } from './layout'
import { isDropped, type Module } from './module-graph'

interface Edit {
  start: number
  end: number
  text: string
}

/**
 * The text of a module as it stands in Segment's repository: imports lead to the new places, and what stays here is gone
 * together with the statements that use it. Everything else is unchanged, comments included.
 */
export function rewriteModule({ file, source, imports }: Module, half: Half): string {
  const replacement = half.replacements[file]
  if (replacement !== undefined) return replacement
  const edits: Edit[] = []
  const droppedNames = new Set<string>()
  for (const one of imports) {
    if (isDropped(one, file, half)) {
      if (!one.declaration) throw new Error(`${file} loads ${one.specifier.text} in an expression`)
      edits.push(removal(one.declaration, source))
      for (const name of namesOf(one.declaration)) droppedNames.add(name)
      continue
    }
    const target = one.target ? toTheirPath(one.target, half) : half.packages[one.specifier.text]
    if (target === undefined) continue
    const specifier = toSpecifier(toTheirPath(file, half), target)
    edits.push({ start: one.specifier.getStart(source) + 1, end: one.specifier.getEnd() - 1, text: specifier })
  }
  for (const statement of source.statements) {
    if (ts.isExpressionStatement(statement) && uses(statement, droppedNames)) edits.push(removal(statement, source))
  }
  return applied(source.text, edits)
}

/** `../client/types`: the import of one file by another, without endings and `index`. */
export function toSpecifier(importer: string, target: string): string {
  const relative = path.posix.relative(path.posix.dirname(importer), target.replace(/(\/index)?\.ts$/, ''))
  return relative === '' ? '.' : relative.startsWith('.') ? relative : `./${relative}`
}

function namesOf(declaration: ts.ImportDeclaration | ts.ExportDeclaration): string[] {
  if (!ts.isImportDeclaration(declaration)) return []
  const { name, namedBindings } = declaration.importClause ?? {}
  const named =
    namedBindings === undefined
      ? []
      : ts.isNamedImports(namedBindings)
        ? namedBindings.elements.map((element) => element.name.text)
        : [namedBindings.name.text]
  return [...(name ? [name.text] : []), ...named]
}

function uses(node: ts.Node, names: ReadonlySet<string>): boolean {
  return (
    (ts.isIdentifier(node) && names.has(node.text)) ||
    (ts.forEachChild(node, (child) => uses(child, names) || undefined) ?? false)
  )
}

/** A statement with its comments and the rest of its line. */
function removal(statement: ts.Statement, source: ts.SourceFile): Edit {
  const { text } = source
  const [comment] = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? []
  const end = text.indexOf('\n', statement.getEnd())
  return { start: comment?.pos ?? statement.getStart(source), end: end === -1 ? text.length : end + 1, text: '' }
}

function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((edited, { start, end, text: piece }) => edited.slice(0, start) + piece + edited.slice(end), text)
}
