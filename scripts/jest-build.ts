import { execFileSync } from 'node:child_process'
import path from 'node:path'

/** Tests that look at `dist` look at a fresh one. Jest calls this once for each project that names it, before any test. */
export default function buildOnce(): void {
  if (process.env.DIST_IS_FRESH === 'yes') return
  execFileSync(process.execPath, [path.join(__dirname, 'build.mjs')], { stdio: 'inherit' })
  process.env.DIST_IS_FRESH = 'yes'
}
