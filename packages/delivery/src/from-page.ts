import { toFields } from './fields'
import { isAllowedByIntegrations, WEB_NAMES } from './integrations'

/** The name of Analytics.js in `context.library`. */
const ANALYTICS_JS = 'analytics.js'

/**
 * Whether an event says that the web destination of its page got it, too. Analytics.js 1.84 writes which destinations the
 * page has, as far as Segment's settings mark them so (`_metadata.bundled`), and which of them failed to load; and an event
 * from a page may name the destination in `integrations`. `false` does not mean that the page has none: most events are
 * silent about it.
 */
export function isForWebHalfToo(event: unknown): boolean {
  const { _metadata, integrations, context } = toFields(event)
  const { bundled, failedInitializations } = toFields(_metadata)
  if (!isAllowedByIntegrations(integrations, WEB_NAMES) || isNamedIn(failedInitializations)) return false
  const isFromPage = toFields(toFields(context).library).name === ANALYTICS_JS
  return isNamedIn(bundled) || (isFromPage && WEB_NAMES.some((name) => Boolean(toFields(integrations)[name])))
}

const isNamedIn = (list: unknown): boolean => Array.isArray(list) && WEB_NAMES.some((name) => list.includes(name))
