import type { FieldCard, JsonObject } from '../../../contract'
import { findSettingProblems, toSettings } from '../settings-draft'

const field = (more: Partial<FieldCard>): FieldCard => ({ label: 'A field', description: '', type: 'string', ...more })

const fields = {
  appId: field({ label: 'App ID', required: true }),
  zIndex: field({ type: 'number' }),
  size: field({ type: 'integer' }),
  links: field({ multiple: true }),
  debug: field({ type: 'boolean', default: false }),
  region: field({ required: true, default: 'us' })
}

describe('toSettings', () => {
  it.each([
    ['an empty input is no setting', { appId: '  ' }, {}],
    ['a typed number is a number', { zIndex: ' 12.5 ' }, { zIndex: 12.5 }],
    ['what is no number stays for the complaint about it', { zIndex: 'high' }, { zIndex: 'high' }],
    ['empty lines of a list are left out', { links: ['a', '', ' b '] }, { links: ['a', 'b'] }],
    ['a list of nothing is no setting', { links: [''] }, {}],
    ['false is a setting', { debug: false }, { debug: false }],
    ['a number stays a number', { zIndex: 0 }, { zIndex: 0 }],
    ['a setting without a field stays', { other: { a: 1 } }, { other: { a: 1 } }]
  ])('%s', (_, draft, settings) => {
    expect(toSettings(fields, draft)).toEqual(settings)
  })

  it('does not reach a prototype', () => {
    const hostile: JsonObject = JSON.parse('{ "__proto__": { "polluted": true } }')
    const settings = toSettings(fields, hostile)
    expect(Object.getPrototypeOf(settings)).toBe(Object.prototype)
    expect(Object.keys(settings)).toEqual(['__proto__'])
  })
})

describe('findSettingProblems', () => {
  it.each([
    ['a required setting is missing', {}, ['settings.appId']],
    ['a number is none', { appId: 'a', zIndex: 'high' }, ['settings.zIndex']],
    ['a whole number has a fraction', { appId: 'a', size: '1.5' }, ['settings.size']],
    ['nothing', { appId: 'a', zIndex: '-3', size: '4' }, []]
  ])('says that %s', (_, draft, paths) => {
    expect(findSettingProblems(fields, draft).map(({ path }) => path)).toEqual(paths)
  })
})
