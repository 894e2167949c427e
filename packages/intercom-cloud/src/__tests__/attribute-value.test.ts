import { toAttributeValue } from '../attributes/attribute-value'

test.each([
  ['string', 'pro', 'pro'],
  ['string', 42, '42'],
  ['string', true, 'true'],
  ['string', '', ''],
  ['integer', 42, 42],
  ['integer', '42', 42],
  ['integer', 4.5, undefined],
  ['integer', '11-50', undefined],
  ['integer', true, undefined],
  ['float', '4.5', 4.5],
  ['float', 4, 4],
  ['float', 'many', undefined],
  ['boolean', 'true', true],
  ['boolean', false, false],
  ['boolean', 'no', undefined],
  ['boolean', 1, undefined],
  ['date', '2024-01-02T03:04:05Z', 1704164645],
  ['date', 1704164645, 1704164645],
  ['date', 1704164645.9, 1704164645],
  ['date', 1704164645000, 1704164645],
  ['date', '1704164645000', 1704164645],
  ['datetime', 1704164645678, 1704164645],
  ['datetime', 86400, 86400],
  ['datetime', '2024', undefined],
  ['datetime', 'soon', undefined],
  ['datetime', true, undefined],
  ['datetime', '1965-05-01', undefined],
  ['integer', null, null],
  ['datetime', null, null],
  ['a type of next year', 'anything', 'anything']
] as const)('an attribute of type %s takes %p as %p', (data_type, value, expected) => {
  expect(toAttributeValue(value, data_type)).toBe(expected)
})
