import { Workspaces, type Workspace } from '../state/workspace'
import type { WorkspaceCache } from '../state/workspace-cache'

const HOST = 'https://api.intercom.io'

/** What one process remembers, with a clock that the test sets, in milliseconds. */
export function openMemory() {
  const time = { now: 1_704_164_645_000 }
  const workspaces = new Workspaces({ now: () => time.now, sleep: () => Promise.resolve(), random: () => 0 })
  /** Runs a part of a test as a call of its own, whose changes others see. */
  const act = <T>(call: (cache: WorkspaceCache) => T, { host = HOST, token = 'token' } = {}): T =>
    runAsCall(workspaces.forWorkspace(host, token), call)
  return { time, workspaces, act }
}

/** Runs a function with a cache of its own, and publishes what it changed. Memory takes it at once. */
export function runAsCall<T>(workspace: Workspace, call: (cache: WorkspaceCache) => T): T {
  const cache = workspace.openCache()
  const result = call(cache)
  void workspace.publish(cache)
  return result
}
