import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { CLOUD_NAMES, isAllowedByIntegrations } from '../integrations'

describe('isAllowedByIntegrations', () => {
  it.each([
    [undefined, true],
    [null, true],
    ['all', true],
    [{}, true],
    [{ All: true }, true],
    [{ All: false }, false],
    [{ All: false, 'Intercom Cloud Mode (Actions)': true }, true],
    [{ All: false, 'Actions Intercom Cloud': true }, true],
    [{ All: false, 'Actions Intercom Cloud': { any: 'option' } }, true],
    [{ 'Intercom Cloud Mode (Actions)': false }, false],
    [{ All: true, 'Actions Intercom Cloud': false }, false],
    [{ 'Intercom Cloud Mode (Actions)': true, 'Actions Intercom Cloud': false }, false],
    [{ Intercom: false, 'Intercom Web (Actions)': false }, true]
  ])('%j: %s', (integrations, expected) => {
    expect(isAllowedByIntegrations(integrations)).toBe(expected)
  })
})

it('uses the name that the destination has in the catalog', () => {
  expect(CLOUD_NAMES[0]).toBe(intercomCloud().name)
})
