export { isFilter, readMappingFile, toMappedSubscriptions, type MappedActions } from './mapping-file'
export { findMappingProblem, MAX_FILTER_LENGTH, type MappingProblem } from './mapping-limits'
export { toSubscription, type Subscription, type SubscriptionRow } from '@intercom-destinations/delivery'
export { deliver, type DeliverOptions, type Progress } from './deliver'
export { readWorkspaceFile, type EmulatedWorkspace } from './workspace-file'
export { toSummaryText, type SummaryStyle } from './summary-text'
export { toEventLine, toUnreadableText, UNREADABLE, type EventLine, type UnreadableReason } from './event-line'
export { prepareEvent, toEventMilliseconds, type PreparedEvent } from './prepare-event'
export { parseExactJson } from './exact-json'
export { printableLines } from './printable'
export type { Group } from './groups'
export type { Failure } from './sent'
export {
  toTracedLoss,
  traceWeb,
  withEventLosses,
  type TracedCall,
  type TracedLoss,
  type TracedRun,
  type TracedSubscription,
  type TraceSide,
  type WebTraceOptions
} from './trace'
export type { ActionLoss, Rejection, Summary } from './summary'
export type { Holdings } from './holdings'
export type { Target } from './target'
export { ConnectionError } from './connection-error'
export { UsageError } from './usage-error'
