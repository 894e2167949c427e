import { readFile } from 'node:fs/promises'
import ts from 'typescript'

const DESCRIBED = /[\\/](fields|settings|index)\.ts$/
const TEXTS = new Set(['label', 'description', 'title', 'choices', 'depends_on', 'defaultObjectUI'])

/**
 * An esbuild plugin for the remote script: takes out what only Segment's catalog reads, the labels and descriptions of
 * settings, actions and fields. Analytics.js calls the factory and nothing else, and each text is a page's load time.
 */
export const withoutTexts = {
  name: 'without-texts',
  setup({ onLoad }) {
    onLoad({ filter: DESCRIBED }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined
      const source = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.Latest, true)
      const { transformed } = ts.transform(source, [dropTexts])
      return { contents: ts.createPrinter().printFile(transformed[0]), loader: 'ts' }
    })
  }
}

function dropTexts(context) {
  const visit = (node) => (isText(node) ? undefined : ts.visitEachChild(node, visit, context))
  return (file) => ts.visitNode(file, visit)
}

function isText(node) {
  return ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && TEXTS.has(node.name.text)
}
