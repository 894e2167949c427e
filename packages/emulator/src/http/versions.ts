import { Refusal } from './errors'

/**
 * S2.16 `intercom_version`, the moving one, and 2.17, whose reference pages exist; its answers are taken to be 2.16's.
 * Oldest first: the order is what "since" compares.
 */
const VERSIONS = [
  ...['1.0', '1.1', '1.2', '1.3', '1.4'],
  ...['2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '2.9', '2.10', '2.11', '2.12', '2.13', '2.14'],
  ...['2.15', '2.16', '2.17', 'Preview', 'Unstable']
]

/** Whose description the answers follow, and what a request without the header is taken for. */
export const DEFAULT_VERSION = '2.16'

/** D2.17 error page: the same code for an unknown version and for an operation that version does not have. */
export const versionInvalid = (message: string) => new Refusal(400, 'intercom_version_invalid', message)

/** The version a request asks for; refused when there is no such version. */
export const readVersion = (header: string | null): string => {
  if (header === null) return DEFAULT_VERSION
  if (!VERSIONS.includes(header)) throw versionInvalid(`The requested version '${header}' could not be found`)
  return header
}

/** Whether `version` already has what came with `since`. */
export const isSince = (version: string, since: string): boolean => VERSIONS.indexOf(version) >= VERSIONS.indexOf(since)
