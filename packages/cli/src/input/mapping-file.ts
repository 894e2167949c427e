import {
  findMappingWarnings,
  parseSubscriptionRows,
  parseSubscriptions,
  type CompleteRow,
  type Subscription
} from '@intercom-destinations/delivery'
import { readJsonFile } from './read-json-file'

const KIND = { what: 'mapping file', wrong: 'cannot be used', example: 'examples/saas-week.mapping.json' }

/**
 * Reads a mapping file: subscriptions as Segment saves them, its Public API returns them or its Terraform provider has them.
 * Throws a `UsageError` that names what is wrong. `onWarning` gets a sentence for each part that Segment ignores silently.
 */
export async function readMappingFile(
  path: string,
  onWarning: (text: string) => void = () => undefined
): Promise<Subscription[]> {
  const subscriptions = await readMappings(path, (json) => parseSubscriptions(json))
  for (const { action, name = action, filter, mapping } of subscriptions)
    for (const warning of findMappingWarnings({ subscribe: filter, mapping }))
      onWarning(`In the mapping “${name}”, ${warning.path}: ${warning.message}`)
  return subscriptions
}

/** All rows of a mapping file, with those that are switched off. */
export const readMappingRows = (path: string): Promise<CompleteRow[]> =>
  readMappings(path, (json) => parseSubscriptionRows(json))

/** What a function makes of the JSON of a mapping file. Its `Error` becomes a `UsageError` that names the file. */
export const readMappings = <T>(path: string, toRows: (json: unknown) => T): Promise<T> =>
  readJsonFile(path, KIND, toRows)
