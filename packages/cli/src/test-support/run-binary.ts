import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { TestFolder } from './open-folder'
import type { Run } from './run-inside'

/** The binary that is shipped, as a shell starts it. */
export const BINARY = path.join(__dirname, '../../dist/bin.js')

export interface BinaryOptions {
  readonly env?: Record<string, string>
  /** Called with the whole standard error so far; `true` sends a Ctrl-C, once. */
  readonly interruptWhen?: (err: string) => boolean
  readonly onStart?: (child: ChildProcess) => void
}

/**
 * node-fetch 2, which actions-core uses, calls `url.parse`. Node 24 warns of that outside of `node_modules`, where only this
 * repository runs the binary.
 */
const QUIET = { NODE_OPTIONS: '--disable-warning=DEP0169' }

const start = ({ folder, env }: TestFolder, args: readonly string[], more: Record<string, string> = {}) =>
  spawn(process.execPath, [BINARY, ...args], { cwd: folder, env: { ...process.env, ...QUIET, ...env, ...more } })

/** Runs the binary in a process of its own. Slow: most tests run the command inside. Standard input stays open. */
export async function runBinary(
  folder: TestFolder,
  args: readonly string[],
  { env, interruptWhen, onStart }: BinaryOptions = {}
): Promise<Run> {
  const child = start(folder, args, env)
  onStart?.(child)
  let out = ''
  let err = ''
  let isInterrupted = false
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
    if (isInterrupted || !interruptWhen?.(err)) return
    isInterrupted = true
    child.kill('SIGINT')
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      resolve({ code, out, err })
    })
  })
}

/** Starts `emulate` in a process of its own, and waits for its address. */
export async function startEmulator(
  folder: TestFolder,
  more: readonly string[] = [],
  onLog: (line: string) => void = () => undefined
) {
  const child = start(folder, ['emulate', '--port', '0', '--log', ...more])
  let out = ''
  let rest = ''
  child.stderr.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(onLog)
  })
  await new Promise((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error('the emulator did not start'))
    })
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (out.includes('\n')) resolve(undefined)
    })
  })
  const [address = ''] = out.split('\n')
  return {
    address,
    /** Ends it with a Ctrl-C, and returns the counts that it prints. */
    stop: async (): Promise<unknown> => {
      child.kill('SIGINT')
      await once(child, 'close')
      return JSON.parse(out.split('\n')[1] ?? '')
    }
  }
}
