import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readFiles, ROOT } from './source-files'

const documents = readFiles(
  '*.md',
  'docs/*.md',
  'decisions/*.md',
  'examples/*.md',
  'examples/*/README.md',
  'packages/*/README.md',
  'dev/*/README.md'
)

/** Files and folders of the repository in backticks, and targets of links to them. Patterns with `*` are left out. */
function findPaths(document: string): string[] {
  const text = readFileSync(path.join(ROOT, document), 'utf8')
  const quoted = [...text.matchAll(/`((?:packages|dev|checks|scripts|docs|decisions|examples)\/[\w./-]+)`/g)]
  const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)/g)]
  // READMEs of packages are read on npm, too, so they link to the repository.
  const ours = [...text.matchAll(/\/intercom-destinations\/(?:blob|tree)\/main\/([^)\s#]+)/g)]
  return [
    ...[...quoted, ...ours].map(([, file = '']) => file),
    ...linked.map(([, target = '']) => path.join(path.dirname(document), target))
  ]
}

test.each(documents)('%s names files that exist', (document) => {
  expect(findPaths(document).filter((file) => !/\/dist\b/.test(file) && !existsSync(path.join(ROOT, file)))).toEqual([])
})
