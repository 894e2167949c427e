import type { TraceArguments } from './command'
import type { Shell } from './shell'
import { UsageError } from './usage-error'

export function runTrace(_typed: TraceArguments, _shell: Shell): Promise<void> {
  return Promise.reject(new UsageError('trace is not there yet.'))
}
