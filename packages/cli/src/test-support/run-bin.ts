import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** The binary that is shipped, as a shell starts it. */
export const BIN = path.join(__dirname, '../../dist/bin.js')

export interface Run {
  code: number | null
  out: string
  err: string
}

export interface RunOptions {
  stdin?: string | Buffer
  /** Called with everything said on stderr so far; `true` sends a Ctrl-C, once. */
  interruptWhen?: (err: string) => boolean
  env?: Record<string, string>
  onStart?: (child: ChildProcess) => void
}

/** A folder of its own for one test file: input, failed lines and journals. */
export function openFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'intercom-destination-'))
  const env = { XDG_STATE_HOME: path.join(folder, 'state') }
  return {
    folder,
    write: (name: string, content: string | Buffer) => {
      const file = path.join(folder, name)
      writeFileSync(file, content)
      return file
    },
    start: (typed: string[], options: RunOptions = {}) => {
      const child = spawn(process.execPath, [BIN, ...typed], {
        cwd: folder,
        env: { ...process.env, ...env, ...options.env }
      })
      return child
    },
    run: (typed: string[], { stdin, interruptWhen, env: more, onStart }: RunOptions = {}): Promise<Run> => {
      const child = spawn(process.execPath, [BIN, ...typed], { cwd: folder, env: { ...process.env, ...env, ...more } })
      onStart?.(child)
      let out = ''
      let err = ''
      let isInterrupted = false
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString()
      })
      child.stderr.on('data', (chunk: Buffer) => {
        err += chunk.toString()
        if (!isInterrupted && interruptWhen?.(err)) {
          isInterrupted = true
          child.kill('SIGINT')
        }
      })
      // Without a text the pipe stays open, as when somebody is still typing.
      if (stdin !== undefined) child.stdin.end(stdin)
      return new Promise((resolve, reject) => {
        child.once('error', reject)
        child.once('close', (code) => {
          resolve({ code, out, err })
        })
      })
    },
    remove: () => {
      rmSync(folder, { recursive: true })
    }
  }
}

/** An emulator in a process of its own: what outlives a killed run. */
export async function startEmulator(
  folder: ReturnType<typeof openFolder>,
  onLog: (line: string) => void = () => undefined,
  more: readonly string[] = []
) {
  const child = folder.start(['emulate', '--port', '0', '--log', ...more])
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
    /** Ends it, and tells what it held. */
    stop: async (): Promise<unknown> => {
      child.kill('SIGINT')
      await once(child, 'close')
      return JSON.parse(out.split('\n')[1] ?? '')
    }
  }
}
