export { createSender, openSender, type IntercomSender, type SenderOptions, type SendOptions } from './create-sender'
export type { ActionRunner, Erasure } from './action-runner'
export { CircuitBreaker } from './circuit-breaker'
export { systemClock, type Clock } from './clock'
export { DELETIONS } from './deletions'
export { toFields } from './fields'
export { isForWebHalfToo } from './from-page'
export type { Hooks } from './hooks'
export { HTTP_STATUS, isError, isServerError, isSuccess } from './http-status'
export { CLOUD_NAMES, isAllowedByIntegrations, WEB_NAMES } from './integrations'
export { isJsonObject } from './json-object'
export { findMappingProblem, MAX_FILTER_LENGTH, type MappingProblem } from './mapping-limits'
export type { ObservedRequest } from './observed-request'
export { toOrderingKeys, type OrderingKeys } from './ordering-keys'
export { NO_SUBSCRIPTION, toPlainVerdict, withoutRequestId, type Outcome, type Run, type Verdict } from './outcome'
export { PerformBatchRunner, type PerformBatchRunnerOptions } from './perform-batch-runner'
export type { Settled } from './queued-event'
export { RateLimitPause } from './rate-limit-pause'
export { RetryBudget } from './retry-budget'
export { toLimitedPolicy } from './retry-policy'
export { toThrownOutcome } from './thrown-outcome'
export type { Scope } from './scope'
export { EVENT_TYPES, EVENT_TYPES_TEXT, isEventType, isSegmentEvent, type EventType } from './segment-event'
export type { DeliveredEvent } from './send-stream'
export { Sender } from './sender'
export type { SenderParts } from './sender-parts'
export {
  findRows,
  formatSubscriptions,
  MAPPING_FORMATS,
  toUncheckedRows,
  type CompleteRow,
  type MappedActions,
  type MappingFormat,
  type UncheckedRow
} from './mapping-formats'
export { UnknownActionError } from './unknown-action'
export { findMappingWarnings, type MappingWarning } from './mapping-warnings'
export { isFilter, parseEachRow, parseSubscriptions, parseSubscriptionRows } from './parse-subscriptions'
export {
  // For hosts whose rows belong to another destination or are checked elsewhere.
  toSubscription as toUncheckedSubscription,
  toSubscriptions,
  type SavedSubscription,
  type Subscription
} from './subscriptions'
export type { ActionMapping, ActionName, SubscriptionRow } from '@intercom-destinations/intercom-cloud'
