import type { Conditions, FieldCard, Json, JsonObject } from '../../../contract'
import { areMet, isRequired, toConditionText } from '../conditions'

const only = (fieldKey: string, operator: 'is' | 'is_not', value: Json): Conditions => ({
  conditions: [{ fieldKey, operator, value }]
})
const two = (match: 'all' | 'any'): Conditions => ({
  match,
  conditions: [
    { fieldKey: 'role', operator: 'is', value: 'user' },
    { fieldKey: 'plan', operator: 'is', value: 'pro' }
  ]
})

describe('areMet', () => {
  it.each<[string, Conditions | undefined, JsonObject, string]>([
    ['no conditions', undefined, {}, 'yes'],
    ['the value it asks for', only('role', 'is', 'user'), { role: 'user' }, 'yes'],
    ['another value', only('role', 'is', 'user'), { role: 'lead' }, 'no'],
    ['a text where a flag is asked for', only('on', 'is', true), { on: 'true' }, 'no'],
    ['a value from the event', only('role', 'is', 'user'), { role: { '@path': '$.role' } }, 'maybe'],
    ['nothing mapped', only('role', 'is', 'user'), {}, 'no'],
    ['nothing mapped, where another is asked for', only('role', 'is_not', 'user'), {}, 'yes'],
    ['one of several values', only('role', 'is', ['lead', 'user']), { role: 'user' }, 'yes'],
    ['a nested field', only('company.plan', 'is', 'pro'), { company: { plan: 'pro' } }, 'yes'],
    ['a key of the prototype', only('constructor', 'is_not', 'x'), {}, 'yes'],
    ['all of which one fails', two('all'), { role: 'user', plan: 'free' }, 'no'],
    ['all of which one fails and one depends', two('all'), { role: 'lead', plan: { '@path': '$.p' } }, 'no'],
    ['any of which one holds', two('any'), { role: 'user' }, 'yes'],
    ['any of which none holds and one depends', two('any'), { role: 'lead', plan: { '@path': '$.p' } }, 'maybe']
  ])('of %s', (_, conditions, mapping, verdict) => {
    expect(areMet(conditions, mapping)).toBe(verdict)
  })
})

const role: FieldCard = {
  label: 'Role',
  description: '',
  type: 'string',
  required: only('plan', 'is', 'pro'),
  choices: [{ label: 'User', value: 'user' }]
}

it('requires a field only if its conditions hold', () => {
  expect(isRequired(role, { plan: 'pro' })).toBe('yes')
  expect(isRequired(role, { plan: 'free' })).toBe('no')
  expect(isRequired({ ...role, required: true }, {})).toBe('yes')
})

it('shows conditions with the labels of the form', () => {
  expect(toConditionText(two('any'), { role })).toBe('Role is User or plan is “pro”')
})
