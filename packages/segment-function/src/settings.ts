import { toFields, parseSubscriptions, toSubscriptions, type Subscription } from '@intercom-destinations/delivery'
import definition from '@intercom-destinations/intercom-cloud'

/** What the settings of the function say, checked. */
export interface Configuration {
  readonly token: string
  readonly region: Region
  readonly subscriptions: readonly Subscription[]
}

const REGIONS = ['auto', 'us', 'eu', 'au'] as const
type Region = (typeof REGIONS)[number]

/** A setting that cannot be used. Its message names the setting and never quotes the value of one. */
export class SettingsError extends Error {}

/** Visible characters of ASCII: what a header may hold. */
const TOKEN = /^[\x21-\x7e]+$/
/** `JSON.parse` quotes the text in its message, and somewhere in it says where it stopped. */
const POSITION = /position (\d+)/
const LIQUID = /"@liquid":/

/** Reads the settings as the runtime passes them. Throws a `SettingsError` that names what is wrong. */
export function toConfiguration(settings: unknown): Configuration {
  const { accessToken, region, mappings } = toFields(settings)
  return { token: toToken(accessToken), region: toRegion(region), subscriptions: toMappings(mappings) }
}

function toToken(value: unknown): string {
  if (isBlank(value))
    throw new SettingsError('The setting accessToken is empty: enter the access token of the Intercom workspace.')
  if (typeof value !== 'string' || !TOKEN.test(value.trim()))
    throw new SettingsError(
      'The setting accessToken is not an access token: it is a text without spaces, line breaks and special characters.'
    )
  return value.trim()
}

function toRegion(value: unknown): Region {
  if (isBlank(value)) return 'auto'
  const name = typeof value === 'string' ? value.trim().toLowerCase() : undefined
  const region = REGIONS.find((known) => known === name)
  if (region === undefined)
    throw new SettingsError(`The setting region must be one of ${REGIONS.join(', ')}, or empty.`)
  return region
}

function toMappings(value: unknown): Subscription[] {
  if (isBlank(value)) return toSubscriptions(definition.presets)
  if (typeof value !== 'string')
    throw new SettingsError('The setting mappings must be a text: the JSON list of subscriptions.')
  const json = parseMappings(value)
  if (LIQUID.test(JSON.stringify(json)))
    throw new SettingsError('The setting mappings uses @liquid, which the function does not have. Use @template.')
  try {
    return parseSubscriptions(json, definition.actions)
  } catch (thrown) {
    throw new SettingsError(`The setting mappings cannot be used: ${String(toFields(thrown).message)}.`)
  }
}

function parseMappings(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text)
    return json
  } catch (thrown) {
    const [, position] = POSITION.exec(String(toFields(thrown).message)) ?? []
    const place = position === undefined ? '' : ` It stops being JSON at character ${Number(position) + 1}.`
    throw new SettingsError(`The setting mappings is not JSON.${place}`)
  }
}

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
