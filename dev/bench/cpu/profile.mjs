// Writes CPU profiles of the cloud destination and of `deliver`, and prints where the time goes, by package:
// yarn bench:profile [events]
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleCloud } from './bundle-cloud.mjs'

const DEFAULT_EVENTS = '2000'
const events = process.argv[2] ?? DEFAULT_EVENTS
const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = path.join(root, 'node_modules', '.cache', 'profiles')
const bundle = path.join(folder, 'intercom-cloud.cjs')
const OURS = /intercom-cloud\.cjs$|packages\/[^/]+\/dist\//
const PERCENT = 100

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
await bundleCloud(root, bundle)
run([fileURLToPath(new URL('profile-scenes.cjs', import.meta.url)), bundle, folder, events])
const bin = path.join(root, 'packages', 'cli', 'dist', 'bin.js')
const week = ['deliver', path.join(root, 'examples', 'saas-week.ndjson'), '--failed', path.join(folder, 'failed')]
const toProfile = (name) => ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}.cpuprofile`]
run([...toProfile('deliver-the-example-week'), bin, ...week])
run([...toProfile('import-the-cloud-package'), path.join(root, 'packages', 'intercom-cloud', 'dist', 'index.js')])

for (const name of readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'))) {
  const shares = toShares(JSON.parse(readFileSync(path.join(folder, name), 'utf8')))
  console.log(`${name.padEnd(48)} ${shares.map(([part, share]) => `${part} ${share} %`).join(', ')}`)
}
console.log(
  `Open the files of ${path.relative(process.cwd(), folder)} in Chromium's DevTools (Performance, load profile).`
)

function run(args) {
  const { status, stderr } = spawnSync(process.execPath, ['--disable-warning=DEP0040', ...args], {
    env: { ...process.env, XDG_STATE_HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8'
  })
  // `deliver` ends with 1, because some events of the week are rejected.
  if (status !== 0 && status !== 1) throw new Error(stderr)
}

/** The share of each part of the code in the time that is not idle, in percent, the largest first. */
function toShares({ nodes, samples, timeDeltas }) {
  const parts = new Map(nodes.map(({ id, callFrame }) => [id, toPart(callFrame)]))
  const times = new Map()
  samples.forEach((id, index) => {
    const part = parts.get(id)
    if (part !== undefined) times.set(part, (times.get(part) ?? 0) + timeDeltas[index])
  })
  const whole = [...times.values()].reduce((sum, time) => sum + time, 0)
  return [...times]
    .map(([part, time]) => [part, Math.round((PERCENT * time) / whole)])
    .filter(([, share]) => share > 0)
    .sort(([, a], [, b]) => b - a)
}

function toPart({ url, functionName }) {
  if (functionName === '(idle)') return undefined
  if (functionName === '(garbage collector)') return 'garbage collector'
  if (OURS.test(url)) return 'ours'
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? []
  return name ?? 'Node.js'
}
