import { isNameRefused, warnOfFastUri } from '../install-checks/fast-uri'

const NAME = 'Intercom Cloud Mode (Actions)'
const newer = {
  parse: () => {
    throw new TypeError('URI scheme is malformed.')
  },
  serialize: () => ''
}
const older = { parse: () => ({}), serialize: () => '' }

test.each([
  ['a newer fast-uri', newer, true],
  ['an older one', older, false],
  ['something else', {}, false],
  ['nothing', undefined, false]
])('%s', (_title, parser, expected) => {
  expect(isNameRefused(parser, NAME)).toBe(expected)
})

test('does not warn at import, because the installed version accepts the name', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  warnOfFastUri(NAME)
  expect(warn).not.toHaveBeenCalled()
})

test('warns of a newer version, with the remedy', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  warnOfFastUri(NAME, () => newer)
  expect(warn).toHaveBeenCalledWith(
    'The installed fast-uri refuses the name "Intercom Cloud Mode (Actions)", so Segment\'s validation will fail for every event. Install fast-uri 3.1.5. npm: "overrides": { "fast-uri": "3.1.5" } in package.json. yarn: "resolutions": { "fast-uri": "3.1.5" } in package.json. pnpm: overrides: { "fast-uri": "3.1.5" } in pnpm-workspace.yaml; pnpm 9: "pnpm": { "overrides": { "fast-uri": "3.1.5" } } in package.json. Then install again.',
    { code: 'INTERCOM_FAST_URI' }
  )
})

test('does not warn a host without packages', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  warnOfFastUri(NAME, () => {
    throw new Error('Cannot find module')
  })
  expect(warn).not.toHaveBeenCalled()
})
