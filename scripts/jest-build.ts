import { execFileSync } from 'node:child_process'
import path from 'node:path'

/** Builds `dist` before the tests that use it. Jest calls this once for each project that names it. */
export default function buildOnce(): void {
  if (process.env.DIST_IS_FRESH === 'yes') return
  execFileSync(process.execPath, [path.join(__dirname, 'build.mjs')], { stdio: 'inherit' })
  process.env.DIST_IS_FRESH = 'yes'
}
