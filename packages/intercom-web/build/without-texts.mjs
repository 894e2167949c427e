import { readFile } from 'node:fs/promises'
import ts from 'typescript'

const DESCRIBED = /[\\/](fields|index)\.ts$/
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
/** Of a field the presets need the default alone. */
const FIELD_RULES = ['type', 'required', 'multiple', 'properties']

/**
 * An esbuild plugin for the bundles that pages load: takes out what only Segment's catalog reads. Analytics.js calls the
 * factory and nothing else, and each text is a page's load time. The remote script has no presets, so there the fields
 * go altogether.
 */
export const withoutTexts = ({ fields }) => ({
  name: 'without-texts',
  setup({ onLoad }) {
    onLoad({ filter: DESCRIBED }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined
      const names = new Set([
        ...TEXTS,
        ...(path.endsWith('fields.ts') ? FIELD_RULES : []),
        ...(fields ? [] : ['fields'])
      ])
      const source = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.Latest, true)
      const { transformed } = ts.transform(source, [dropProperties(names)])
      return { contents: ts.createPrinter().printFile(transformed[0]), loader: 'ts' }
    })
  }
})

function dropProperties(names) {
  return (context) => {
    const visit = (node) => (isNamed(node, names) ? undefined : ts.visitEachChild(node, visit, context))
    return (file) => ts.visitNode(file, visit)
  }
}

function isNamed(node, names) {
  return ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && names.has(node.name.text)
}
