import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { verify } from './verify'

const YES = /^\s*y(es)?\s*$/i
const INTERRUPTED = 130

let interrupted = false
const stop = (): void => {
  if (interrupted) process.exit(INTERRUPTED)
  interrupted = true
  process.stderr.write('\nStopping: what was made is taken away first. Ctrl-C again leaves it there.\n')
}
// A closed terminal also ends the run with a clean-up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)

const confirm = async (question: string): Promise<boolean> => {
  const dialog = createInterface({ input: process.stdin, output: process.stdout })
  const closed = new Promise<string>((resolve) => {
    dialog.once('close', () => {
      resolve('')
    })
  })
  const answer = await Promise.race([closed, dialog.question(`${question} [y/N] `)])
  dialog.close()
  return YES.test(answer)
}

const hasTerminal = process.stdin.isTTY && process.stdout.isTTY

void verify(process.argv.slice(2), process.env, {
  fetch: (url, init) => fetch(url, init),
  now: Date.now,
  wait: (ms) => wait(ms),
  print: (line) => {
    process.stdout.write(`${line}\n`)
  },
  confirm: hasTerminal ? confirm : undefined,
  writeFile: (path, text) => {
    writeFileSync(path, text)
  },
  interrupted: () => interrupted
}).then((code) => {
  process.exitCode = code
})
