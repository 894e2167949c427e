import { DOUBT_REASONS, LOSS_REASONS } from '@intercom-destinations/shared-mapping'
import { scenarios } from '@intercom-destinations/scenarios'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './source-files'

const FOLDERS = new Map([
  ['scenarios', 'dev/scenarios/src'],
  ['web', 'packages/intercom-web/src'],
  ['cloud', 'packages/intercom-cloud/src']
])

interface Defect {
  id: string
  /** Files, each with the title of a test or of a group of tests where the file holds tests of other things too. */
  proofs: { file: string; title: string | undefined }[]
}

/** The rows of `docs/defects.md`; their last column says what proves them. */
function readDefects(): Defect[] {
  const rows = readFileSync(path.join(ROOT, 'docs/defects.md'), 'utf8').matchAll(/^\| ([CW]\d+) .*\| ([^|]+) \|$/gm)
  return [...rows].map(([, id = '', column = '']) => ({
    id,
    proofs: [...column.matchAll(/(\w+) `([^`]+)`(?:: "([^"]+)")?/g)].map(([, folder = '', file = '', title]) => ({
      file: `${FOLDERS.get(folder) ?? folder}/${file}`,
      title
    }))
  }))
}

const defects = readDefects()

test('every known defect of other destinations has a scenario or a test that is there', () => {
  expect(defects).toHaveLength(40)
  const named = new Set<string>(scenarios.flatMap((scenario) => scenario.defects))
  const unproven = defects.filter(({ id, proofs }) => {
    const isThere = proofs.every(({ file, title }) => {
      const full = path.join(ROOT, file)
      return existsSync(full) && (title === undefined || readFileSync(full, 'utf8').includes(title))
    })
    return !isThere || !(named.has(id) || proofs.some(({ title }) => title !== undefined))
  })
  expect(unproven).toEqual([])
})

test('every id that a scenario names is a known defect', () => {
  const known = new Set(defects.map(({ id }) => id))
  expect(scenarios.flatMap((scenario) => scenario.defects).filter((id) => !known.has(id))).toEqual([])
})

test('titles tell the examples apart', () => {
  const titles = scenarios.map(({ title }) => title)
  expect(new Set(titles).size).toBe(titles.length)
})

test('every loss of the book has a reason that people can read', () => {
  const losses = scenarios.flatMap(({ losses = [], messengerLosses = [], requestLosses = [] }) => [
    ...losses,
    ...messengerLosses,
    ...requestLosses
  ])
  expect(losses.filter(({ reason }) => !(reason in LOSS_REASONS))).toEqual([])
  const doubtful = scenarios.flatMap(({ doubtful = [], messengerDoubtful = [], requestDoubtful = [] }) => [
    ...doubtful,
    ...messengerDoubtful,
    ...requestDoubtful
  ])
  expect(doubtful.filter(({ reason }) => !(reason in DOUBT_REASONS))).toEqual([])
})
