import { fromQuery, toQuery } from '../filter-query'
import { EVERYTHING } from '../row-filter'

test('a filter is the same after a reload', () => {
  const filter = {
    search: 'ada & co ',
    type: 'track',
    source: 'file' as const,
    state: 'failed' as const,
    onlyLosses: true,
    onlyDoubtful: false,
    onlyDiffering: true
  }
  expect(toQuery(filter)).toBe('search=ada+%26+co+&type=track&source=file&outcome=failed&losses=yes&differ=yes')
  expect(fromQuery(toQuery(filter))).toEqual(filter)
})

test('a list of everything has no query, and a query of unknown words filters nothing', () => {
  expect(toQuery(EVERYTHING)).toBe('')
  expect(fromQuery('type=dance&source=__proto__&losses=maybe&other=1')).toEqual(EVERYTHING)
})
