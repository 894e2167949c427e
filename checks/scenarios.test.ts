import { DOUBT_REASONS, LOSS_REASONS } from '@intercom-destinations/shared-mapping'
import { scenarios } from '@intercom-destinations/scenarios'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT, sourceFiles } from './source-files'

/** The list of known defects, whole. */
const KEPT_AWAY = [
  ...['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7', 'W8', 'W9', 'W10', 'W11', 'W13', 'W14', 'W15', 'W16', 'W17', 'W19'],
  ...['W20', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9', 'C10', 'C11', 'C14', 'C15', 'C16', 'C19', 'C20'],
  ...['C21', 'C22', 'C23', 'C24', 'C26', 'C27']
]

test('every defect that may no longer be there is named by a scenario or by a test', () => {
  const testFiles = sourceFiles('packages/intercom-web/**/__tests__/**/*', 'packages/intercom-cloud/**/__tests__/**/*')
  const inTests = testFiles.flatMap(
    (file) => readFileSync(path.join(ROOT, file), 'utf8').match(/\b[CW]\d{1,2}\b/g) ?? []
  )
  const named = new Set([...scenarios.flatMap(({ defects }) => defects), ...inTests])
  expect(KEPT_AWAY.filter((defect) => !named.has(defect))).toEqual([])
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
