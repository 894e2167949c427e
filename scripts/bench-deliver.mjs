// Delivers generated events from one process to an emulator in another, and reports the memory of both:
// yarn bench:deliver [events] [concurrency]
import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { clearInterval, setInterval } from 'node:timers'
import { fileURLToPath } from 'node:url'

const [events = '100000', concurrency = '10'] = process.argv.slice(2)
const SAMPLE_MS = 1000
const KB_PER_MB = 1024

const bin = fileURLToPath(new URL('../packages/cli/dist/bin.js', import.meta.url))
const generator = fileURLToPath(new URL('generate-events.mjs', import.meta.url))
const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-deliver-'))
const file = path.join(folder, 'events.ndjson')
const env = { ...process.env, XDG_STATE_HOME: folder }

const ended = (child) => new Promise((resolve) => child.once('close', resolve))

/** Resident memory in MB, read from Linux's /proc. */
function residentOf({ pid }) {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / KB_PER_MB
  } catch {
    return 0
  }
}

const generated = spawn(process.execPath, [generator, events], { stdio: ['ignore', 'pipe', 'inherit'] })
generated.stdout.pipe(createWriteStream(file))
await ended(generated)

// Without Intercom's rate limit of 1,667 calls in ten seconds, which would slow the delivery down.
const emulator = spawn(process.execPath, [bin, 'emulate', '--port', '0', '--rate-limit', 'none'], {
  env,
  stdio: ['ignore', 'pipe', 'ignore']
})
let said = ''
const address = await new Promise((resolve) => {
  emulator.stdout.on('data', (chunk) => {
    said += chunk
    if (said.includes('\n')) resolve(said.split('\n')[0])
  })
})
const startedAt = Date.now()
const typed = ['deliver', file, '--to', address, '--concurrency', concurrency, '--json']
const runner = spawn(process.execPath, [bin, ...typed], { env, stdio: ['ignore', 'pipe', 'inherit'] })
let summary = ''
runner.stdout.on('data', (chunk) => (summary += chunk))
const samples = []
const timer = setInterval(() => samples.push([residentOf(runner), residentOf(emulator)]), SAMPLE_MS)
await ended(runner)
clearInterval(timer)
const seconds = (Date.now() - startedAt) / 1000
emulator.kill('SIGINT')
await ended(emulator)
rmSync(folder, { recursive: true })

const at = (share) => samples[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? [0, 0]
const { delivered, rejected } = JSON.parse(summary).events
console.log(
  `${delivered} delivered, ${rejected} rejected in ${seconds.toFixed(0)} s; then the emulator held ${said.split('\n')[1]}`
)
console.log('Resident memory in MB    deliver  emulate')
for (const [label, share] of [
  ['after a tenth', 0.1],
  ['half way', 0.5],
  ['at the end', 1]
]) {
  const [runnerMb, emulatorMb] = at(share)
  console.log(`${label.padEnd(22)}  ${runnerMb.toFixed(0).padStart(8)} ${emulatorMb.toFixed(0).padStart(8)}`)
}
const peak = Math.max(...samples.map(([resident]) => resident))
console.log(`${'highest'.padEnd(22)}  ${peak.toFixed(0).padStart(8)}`)
