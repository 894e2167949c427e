import { ReportRun } from '../report-run'

const open = () => new ReportRun({ id: 'r1', title: 'a.ndjson', startedAt: 0, isOpen: true })

test('keeps ten thousand failed events, and counts the others, so that a file of failures does not fill the memory', () => {
  const run = open()
  for (let number = 0; number < 10_003; number += 1) run.keepFailed(`e${number}`, '{}')
  expect(run.card).toMatchObject({ failed: 10_000, notKept: 3 })
  run.dropFailed('e0')
  run.keepFailed('e20000', '{}')
  expect(run.card).toMatchObject({ failed: 10_000, notKept: 3 })
})

test('keeps no more than ten million letters of them', () => {
  const run = open()
  const text = 'x'.repeat(4_000_000)
  for (const id of ['e1', 'e2', 'e3']) run.keepFailed(id, text)
  expect(run.card).toMatchObject({ failed: 2, notKept: 1 })
  run.dropFailed('e1')
  run.keepFailed('e4', text)
  expect([...run.failed.keys()]).toEqual(['e2', 'e4'])
})
