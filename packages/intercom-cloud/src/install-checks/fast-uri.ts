import { createRequire as requireFrom } from 'node:module'
import { findInstalledCore, toRemedy } from './installed-core'

/** The last version that takes a destination's name with spaces. */
const WORKING_VERSION = '3.1.5'

interface UriParser {
  parse: (uri: string) => unknown
  serialize: (uri: unknown) => string
}

/**
 * Whether this fast-uri rejects a destination name that contains spaces. It does so since 3.1.6, and then ajv, with which
 * actions-core validates every payload, throws "URI scheme is malformed" for every event.
 */
export function isNameRefused(parser: unknown, name: string): boolean {
  if (!isUriParser(parser)) return false
  try {
    // The key under which actions-core keeps the schema of the settings.
    parser.serialize(parser.parse(`${name}:settings`))
    return false
  } catch {
    return true
  }
}

/** Warns once, at import, with the remedy. The errors of the failing events do not lead to this indirect dependency. */
export function warnOfFastUri(name: string, find: () => unknown = findFastUri): void {
  let parser: unknown
  try {
    parser = find()
  } catch {
    // Without an ajv or a fast-uri there is nothing that could refuse the name.
    return
  }
  if (isNameRefused(parser, name))
    process.emitWarning(
      `The installed fast-uri refuses the name "${name}", so Segment's validation will fail for every event. Install fast-uri ${WORKING_VERSION}. ${toRemedy('fast-uri', WORKING_VERSION)}`,
      { code: 'INTERCOM_FAST_URI' }
    )
}

/** The copy that the ajv of actions-core loads, wherever it is installed. */
function findFastUri(): unknown {
  const core = findInstalledCore()
  if (core === undefined) return undefined
  const loadBesideAjv = requireFrom(requireFrom(core).resolve('ajv'))
  const parser: unknown = loadBesideAjv('fast-uri')
  return parser
}

function isUriParser(value: unknown): value is UriParser {
  return (
    typeof value === 'object' &&
    value !== null &&
    'parse' in value &&
    typeof value.parse === 'function' &&
    'serialize' in value &&
    typeof value.serialize === 'function'
  )
}
