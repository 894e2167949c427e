export { readMappingFile } from './input/mapping-file'
export { toCheckedActions } from './mappings/checked-destination'
export {
  findMappingProblem,
  findMappingWarnings,
  isFilter,
  MAX_FILTER_LENGTH,
  parseSubscriptions,
  toUncheckedRows,
  toUncheckedSubscription,
  type MappedActions,
  type MappingWarning,
  type MappingProblem,
  type SavedSubscription,
  type Subscription
} from '@intercom-destinations/delivery'
export { deliver } from './deliver/deliver'
export type { DeliverOptions, Progress } from './deliver/deliver-options'
export { toEmulatorOptions, type EmulatedWorkspace } from './input/emulated-workspace'
export { readWorkspaceFile, toWorkspace } from './input/workspace-file'
export { toSummaryText, type SummaryStyle } from './deliver/summary-text'
export { toEventLine, toUnreadableText, UNREADABLE, type EventLine, type UnreadableReason } from './input/event-line'
export { prepareEvent, toEventMilliseconds, type PreparedEvent } from './input/prepare-event'
export { parseExactJson } from './input/exact-json'
export { messageOf } from './text/message-of'
export { printableLines } from './text/printable'
export type { TopCount } from './deliver/top-counts'
export type { Failure } from './deliver/sent'
export {
  toTracedLoss,
  withEventLosses,
  type TracedCall,
  type TracedLoss,
  type TracedRun,
  type TracedSubscription,
  type TraceSide,
  type WebTraceOptions
} from './trace/trace-model'
export { traceWeb } from './trace/load-trace-web'
export type { ActionLoss, Rejection, Summary } from './deliver/summary'
export type { WorkspaceCounts } from './target/workspace-counts'
export type { Target } from './target/target'
export { ConnectionError } from './target/connection-error'
export { UsageError } from './command/usage-error'
export { toReportHtml, toReportSections } from './report/html/report-html'
export type * from './report/report'
export type * from './report/comparison'
export {
  ReportBuilder,
  type FailedAttempt,
  type ReportedRun,
  type ReportOptions,
  type ReportRules,
  type SettledEvent
} from './report/report-builder'
export { REPORT_RULES, toFailedAttempt, toSettledEvent, toUnsentEvent } from './report/settled-event'
export { createAttributes, type CreatedRow } from './attributes/create-attributes'
export { toAppScopes } from './check/scope-probes'
export { listWorkspaceAttributes } from './check/workspace-attributes'
export { openRequestClient } from './target/connected-intercom'
export { toOperation } from './text/operation'
