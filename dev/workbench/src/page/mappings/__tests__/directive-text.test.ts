import type { FieldCard, Json } from '../../../contract'
import { toDirectiveText } from '../directive-text'

const path = (at: string) => ({ '@path': at })

it.each<[Json | undefined, string]>([
  [undefined, 'nothing'],
  [path('$.properties.total'), 'properties.total'],
  [path('$.'), 'the whole of it'],
  [{ '@if': { exists: path('$.a'), then: path('$.a'), else: path('$.b') } }, 'a, else b'],
  [{ '@if': { exists: path('$.a'), then: 'yes' } }, 'if a is there: “yes”'],
  [{ '@if': { blank: path('$.a'), then: path('$.a'), else: 1 } }, 'if a is not blank: a, else 1'],
  [{ '@template': 'Hello {{name}}' }, 'the text Hello {{name}}'],
  [true, 'true'],
  ['user', '“user”'],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'a, b, c, d and 1 more'],
  [[], 'an empty list'],
  [{ '@arrayPath': ['$.traits.companies', { id: path('$.id') }] }, 'for each of traits.companies: id'],
  [{ '@arrayPath': ['$.traits.companies'] }, 'each of traits.companies'],
  [{ '@case': { operator: 'lower', value: path('$.a') } }, 'a, in lower case'],
  [{ '@unheard': 1 }, 'a directive, @unheard'],
  [{ '@path': { '@path': '$.a' } }, 'a directive, @path'],
  [null, 'null']
])('says %j', (value, text) => {
  expect(toDirectiveText(value)).toBe(text)
})

it('shows a choice with its label', () => {
  const field: FieldCard = {
    label: 'Role',
    description: '',
    type: 'string',
    choices: [{ label: 'Lead', value: 'lead' }]
  }
  expect(toDirectiveText('lead', field)).toBe('Lead')
})
