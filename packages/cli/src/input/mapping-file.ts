import { parseSubscriptions, type Subscription } from '@intercom-destinations/delivery'
import { readJsonFile } from './read-json-file'

/** Reads a mapping file: the array of subscriptions that Segment saves. Throws a `UsageError` that names what is wrong. */
export function readMappingFile(path: string): Promise<Subscription[]> {
  return readJsonFile(
    path,
    { what: 'mapping file', wrong: 'cannot be used', example: 'examples/saas-week.mapping.json' },
    (json) => parseSubscriptions(json)
  )
}
