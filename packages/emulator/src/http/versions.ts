import { Refusal } from './errors'

/**
 * S2.16 `intercom_version`, and 2.17, whose reference pages exist; its answers are assumed to be those of 2.16. Oldest
 * first: `isSince` compares positions.
 */
const VERSIONS = [
  ...['1.0', '1.1', '1.2', '1.3', '1.4'],
  ...['2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '2.9', '2.10', '2.11', '2.12', '2.13', '2.14'],
  ...['2.15', '2.16', '2.17', 'Preview', 'Unstable']
]

/** The version whose description the answers follow, and the default of a request without the header. */
export const DEFAULT_VERSION = '2.16'

/** The error page of 2.17: the same code for an unknown version and for an operation that the version does not have. */
export const versionInvalid = (message: string) => new Refusal(400, 'intercom_version_invalid', message)

/** Reads the header of a request; throws 400 for an unknown version. */
export const readVersion = (header: string | null): string => {
  if (header === null) return DEFAULT_VERSION
  if (!VERSIONS.includes(header)) throw versionInvalid(`The requested version '${header}' could not be found`)
  return header
}

/** Whether `version` is `since` or newer. */
export const isSince = (version: string, since: string): boolean => VERSIONS.indexOf(version) >= VERSIONS.indexOf(since)
