import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { isRedisInstalled, startRedis } from '@intercom-destinations/redis-server'
import type { FleetWorker, Settled } from './fleet-worker'
import { runFleet, type FleetResult } from './run-fleet'

const USAGE = 'yarn bench:fleet [events] [processes …], for example: yarn bench:fleet 10000 2 4 8'
const DEFAULT_EVENTS = 10_000
const DEFAULT_PROCESSES = [2, 4, 8]
const EVENTS_PER_PERSON = 10
const COMPANIES = 40
const FAULT_SHARE = 0.1
const REDELIVERED_SHARE = 0.03
/** Longer than a lock lasts. */
const LATE = { share: 0.01, milliseconds: 25_000 }
/** Low enough that a fleet uses it up: calls in ten seconds. */
const LIMIT = 500

async function main(): Promise<void> {
  const [events = DEFAULT_EVENTS, ...processes] = process.argv.slice(2).map(Number)
  if ([events, ...processes].some((number) => !Number.isInteger(number) || number < 1)) throw new Error(USAGE)
  if (!isRedisInstalled) process.stderr.write('No redis-server was found, so only the runs without it are made.\n')
  const size = { events, people: Math.ceil(events / EVENTS_PER_PERSON), companies: COMPANIES }
  const faulty = { ...size, faultShare: FAULT_SHARE, redeliveredShare: REDELIVERED_SHARE }
  const one = await measure('one process', 1, false, faulty)
  for (const count of processes.length > 0 ? processes : DEFAULT_PROCESSES)
    for (const isShared of [false, true]) {
      const result = await measure(`${count} processes`, count, isShared, faulty)
      if (result && one) print({ throughputOfOneProcess: round(one.seconds / result.seconds) })
    }
  const undisturbed = await measure('one process, no fault', 1, false, size)
  for (const isShared of [false, true]) {
    const result = await measure('4 processes, no fault', 4, isShared, size)
    if (result && undisturbed) print({ throughputOfOneProcess: round(undisturbed.seconds / result.seconds) })
  }
  await measure('calls that Intercom carries out after the lock', 2, true, { ...size, late: LATE })
  await measure(`a limit of ${LIMIT} calls in ten seconds, no fault`, 4, false, { ...size, limit: LIMIT })
  await measure(`a limit of ${LIMIT} calls in ten seconds, no fault`, 4, true, { ...size, limit: LIMIT })
}

type Scene = Omit<Parameters<typeof runFleet>[0], 'openWorkers'>

async function measure(name: string, count: number, isShared: boolean, scene: Scene): Promise<FleetResult | undefined> {
  if (isShared && !isRedisInstalled) return undefined
  const redis = isShared ? await startRedis() : undefined
  try {
    const openWorkers = (restHost: string) =>
      Array.from({ length: count }, () => openProcess(restHost, redis?.url ?? ''))
    const result = await runFleet({ ...scene, openWorkers })
    print({ run: name, state: isShared ? 'shared' : 'of each process', ...result })
    return result
  } finally {
    await redis?.stop()
  }
}

function openProcess(restHost: string, redis: string): FleetWorker {
  const child = fork(path.join(__dirname, 'worker-process.ts'), [restHost, redis], {
    execArgv: ['-r', 'ts-node/register/transpile-only']
  })
  return {
    deliver: async (events) => {
      child.send({ kind: 'deliver', events: [...events] })
      const message: unknown = await new Promise((resolve) => child.once('message', resolve))
      return Array.isArray(message) ? message.filter(isSettled) : []
    },
    close: async () => {
      child.send({ kind: 'close' })
      await once(child, 'exit')
    }
  }
}

function isSettled(value: unknown): value is Settled {
  if (typeof value !== 'object' || value === null) return false
  const { index, status, reason, retryAfterMs }: Partial<Record<keyof Settled, unknown>> = value
  return (
    typeof index === 'number' &&
    ['delivered', 'ignored', 'rejected', 'retry'].some((known) => known === status) &&
    typeof reason === 'string' &&
    typeof retryAfterMs === 'number'
  )
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

void main()
