import { isObject } from './is-object'
import type { ForeignAction, ForeignDefinition, ForeignPreset, WorkerMessage } from './worker-messages'

/** A message of the thread, in which foreign code runs, too; `undefined` if it has another form. */
export function readWorkerMessage(message: unknown): WorkerMessage | undefined {
  if (!isObject(message)) return undefined
  const { kind, id, reason, definition, message: text, status, isRetryable } = message
  if (kind === 'unusable' && typeof reason === 'string') return { kind, reason }
  if (kind === 'ready' && isDefinition(definition)) return { kind, definition }
  if (typeof id !== 'number') return undefined
  if (kind === 'done') return { kind, id }
  if (kind !== 'failed' || typeof text !== 'string') return undefined
  return {
    kind,
    id,
    message: text,
    status: typeof status === 'number' ? status : undefined,
    isRetryable: isRetryable === true
  }
}

function isDefinition(value: unknown): value is ForeignDefinition {
  if (!isObject(value)) return false
  const { name, coreVersion, actions, presets } = value
  const areTexts = typeof name === 'string' && typeof coreVersion === 'string'
  return areTexts && isObject(actions) && Object.values(actions).every(isAction) && isListOf(presets, isPreset)
}

function isAction(value: unknown): value is ForeignAction {
  if (!isObject(value)) return false
  const { title, defaultSubscription, fields, required, defaults } = value
  const areTexts =
    typeof title === 'string' && (defaultSubscription === undefined || typeof defaultSubscription === 'string')
  return areTexts && isListOf(fields, isText) && isListOf(required, isText) && isObject(defaults)
}

function isPreset(value: unknown): value is ForeignPreset {
  if (!isObject(value)) return false
  const { name, partnerAction, subscribe, mapping } = value
  return [name, partnerAction, subscribe].every(isText) && isObject(mapping)
}

const isText = (value: unknown): value is string => typeof value === 'string'

const isListOf = <T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] =>
  Array.isArray(value) && value.every(isItem)
