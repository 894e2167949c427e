import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** A Redis of a test: real, empty, on a free port of this machine, without files that outlive it. */

const PROGRAM =
  process.env.REDIS_SERVER_PATH ??
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'redis-server'))
    .find((file) => existsSync(file))

export const isRedisInstalled = PROGRAM !== undefined

const START_TIMEOUT_MS = 10_000
const START_ATTEMPTS = 3

export interface RedisServer {
  readonly port: number
  readonly url: string
  /** Sends one command on a connection of its own and resolves to the bytes of the reply. */
  command(...words: readonly string[]): Promise<string>
  /** Answers nothing until it is thawed; connections stay open. */
  freeze(): void
  thaw(): void
  /** Ends it; what it held is gone. */
  stop(): Promise<void>
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>
}

export async function startRedis(...options: readonly string[]): Promise<RedisServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(await findFreePort(), options)
    } catch (error) {
      // Another process may have taken the port.
      if (attempt === START_ATTEMPTS) throw error
    }
  }
}

async function startOn(port: number, options: readonly string[]): Promise<RedisServer> {
  let folder = ''
  let child: ChildProcess | undefined
  const endWithTests = () => void child?.kill('SIGKILL')
  const stop = async () => {
    process.off('exit', endWithTests)
    const running = child
    child = undefined
    if (running?.exitCode === null) {
      const ended = once(running, 'exit')
      running.kill('SIGKILL')
      await ended
    }
    await rm(folder, { recursive: true, force: true })
  }
  const start = async () => {
    process.on('exit', endWithTests)
    folder = await mkdtemp(path.join(os.tmpdir(), 'redis-test-'))
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
    child = spawn(PROGRAM ?? 'redis-server', [...args, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
    await untilReady(child).catch(async (error: unknown) => {
      await stop()
      throw error
    })
  }
  await start()
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    command: (...words) => send(port, words),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    stop,
    start
  }
}

function untilReady({ stdout }: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('redis-server did not start in time'))
    }, START_TIMEOUT_MS)
    let log = ''
    stdout?.on('data', (chunk: Buffer) => {
      log += chunk.toString()
      if (!log.includes('Ready to accept connections')) return
      clearTimeout(timer)
      resolve()
    })
    stdout?.on('end', () => {
      clearTimeout(timer)
      reject(new Error(`redis-server ended: ${log}`))
    })
  })
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}

/** One command by hand, so that the tests look at Redis through nothing that they test. */
async function send(port: number, words: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const text = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')
  socket.write(`*${words.length}\r\n${text}*1\r\n$4\r\nQUIT\r\n`)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(socket, 'close')
  return Buffer.concat(chunks)
    .toString()
    .replace(/\+OK\r\n$/, '')
}
