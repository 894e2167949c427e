import { readFileSync } from 'node:fs'
import path from 'node:path'
import { SettingsError, toConfiguration } from '../settings'

const TOKEN = 'secret-token'
const EXAMPLE = path.join(__dirname, '..', '..', '..', '..', 'examples', 'saas-week.mapping.json')
const ROW = {
  partnerAction: 'trackEvent',
  subscribe: 'type = "track"',
  mapping: { event_name: { '@path': '$.event' }, created_at: { '@path': '$.timestamp' } }
}

it('needs a token alone: the presets apply, and Intercom routes the calls', () => {
  const { token, region, subscriptions } = toConfiguration({ accessToken: ` ${TOKEN}\n` })
  expect([token, region]).toEqual([TOKEN, 'auto'])
  expect(subscriptions.map(({ action }) => action)).toEqual(['identifyContact', 'groupIdentifyContact', 'trackEvent'])
})

it('takes the mapping file of the command line', () => {
  const mappings = readFileSync(EXAMPLE, 'utf8')
  const { region, subscriptions } = toConfiguration({ accessToken: TOKEN, region: 'EU', mappings })
  expect(region).toBe('eu')
  expect(subscriptions.map(({ name }) => name)).toEqual(['All people', 'Purchases'])
})

it('takes a mapping that says of a missing feature that it is off', () => {
  const off = { use_anonymous_id: 'false', anonymous_id: { '@path': '$.anonymousId' } }
  const mappings = JSON.stringify([{ ...ROW, mapping: { ...ROW.mapping, ...off } }])
  expect(toConfiguration({ accessToken: TOKEN, mappings }).subscriptions).toHaveLength(1)
})

it('takes blank settings as absent', () => {
  expect(toConfiguration({ accessToken: TOKEN, region: '', mappings: ' ' }).subscriptions).toHaveLength(3)
  expect(toConfiguration({ accessToken: TOKEN, region: null, mappings: null }).region).toBe('auto')
})

it.each<[string, unknown, string]>([
  ['no settings', undefined, 'The setting accessToken is empty: enter the access token of the Intercom workspace.'],
  ['a blank token', { accessToken: ' ' }, 'The setting accessToken is empty'],
  ['a token with a space', { accessToken: `${TOKEN} x` }, 'The setting accessToken is not an access token'],
  ['a token that is a list', { accessToken: [TOKEN] }, 'The setting accessToken is not an access token'],
  [
    'a token as region',
    { accessToken: 'x', region: TOKEN },
    'The setting region must be one of auto, us, eu, au, or empty.'
  ],
  ['a token as mappings', { accessToken: 'x', mappings: TOKEN }, 'The setting mappings is not JSON.'],
  ['a list as mappings', { accessToken: TOKEN, mappings: [ROW] }, 'The setting mappings must be a text'],
  [
    'mappings that are no list',
    { accessToken: TOKEN, mappings: '{}' },
    'The setting mappings cannot be used: a list of subscriptions was expected'
  ],
  [
    'an unknown action',
    { accessToken: TOKEN, mappings: JSON.stringify([ROW, { ...ROW, partnerAction: 'trackEvents' }]) },
    'The setting mappings cannot be used: [1].partnerAction is "trackEvents"; this destination has'
  ],
  [
    'a wrong directive',
    { accessToken: TOKEN, mappings: JSON.stringify([{ ...ROW, mapping: { ...ROW.mapping, id: { '@pth': 'x' } } }]) },
    '[0].mapping holds a directive that Segment would refuse: /id has an invalid directive: @pth.'
  ],
  [
    'a Liquid template',
    {
      accessToken: TOKEN,
      mappings: JSON.stringify([{ ...ROW, mapping: { ...ROW.mapping, id: { '@liquid': '{{userId}}' } } }])
    },
    'The setting mappings uses @liquid, which the function does not have. Use @template.'
  ]
])('explains what is wrong with %s, without the token', (_, settings, message) => {
  const read = () => toConfiguration(settings)
  expect(read).toThrow(SettingsError)
  expect(read).toThrow(message)
  expect(read).not.toThrow(TOKEN)
})
