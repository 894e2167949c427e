import type { LoadFailure, LossReport } from '@intercom-destinations/intercom-web'

export interface LossLine {
  readonly path: string
  /** The reason as text. */
  readonly reason: string
  readonly action: string
  /** It was sent, and Intercom may ignore or change it. */
  readonly isDoubtful: boolean
}

/** Losses and doubtful values from the web destination's event on `window`; empty for other events. */
export function toLossLines(detail: unknown): readonly LossLine[] {
  if (!isReport(detail)) return []
  const toLine = (isDoubtful: boolean) => (loss: { path: unknown; text: unknown }) => ({
    path: String(loss.path),
    reason: String(loss.text),
    action: String(detail.action),
    isDoubtful
  })
  const doubtful = Array.isArray(detail.doubtful) ? detail.doubtful : []
  return [...detail.losses.map(toLine(false)), ...doubtful.map(toLine(true))]
}

/** Why the Messenger is missing, from the web destination's event on `window`. */
export function toFailureText(detail: unknown): string {
  return isFailure(detail) ? detail.message : 'The Messenger is missing, for an unknown reason.'
}

const isReport = (value: unknown): value is LossReport =>
  typeof value === 'object' && value !== null && 'losses' in value && Array.isArray(value.losses)

const isFailure = (value: unknown): value is LoadFailure =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string'
