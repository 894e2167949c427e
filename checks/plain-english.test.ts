import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readFiles, ROOT } from './source-files'

/** Pronouns that make a reader ask who is meant. The person, the contact, the caller and the host have names. */
const RIDDLES = /\b(somebody|someone|nobody|whoever|whom|everybody|everyone|anybody|anyone)\b/i

/** References to documents that are not in this repository. */
const FOREIGN = /\bfacts? [A-E]\d|\(facts\b/i

const texts = readFiles(
  '*.md',
  'docs/*.md',
  'decisions/*.md',
  'examples/**/*',
  'packages/*/README.md',
  'dev/*/README.md',
  'packages/*/{src,build,__tests__}/**/*',
  'dev/*/{src,__tests__}/**/*',
  'checks/**/*',
  'scripts/**/*'
).filter((file) => file !== 'checks/plain-english.test.ts')

function findLines(pattern: RegExp): string[] {
  return texts.flatMap((file) => {
    const lines = readFileSync(path.join(ROOT, file), 'utf8').split('\n')
    return lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []))
  })
}

test('names the person, the contact or the caller instead of a riddle', () => {
  expect(findLines(RIDDLES)).toEqual([])
})

test('quotes documents of this repository only', () => {
  expect(findLines(FOREIGN)).toEqual([])
})
