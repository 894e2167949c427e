// Gives every package its next version, and writes the changelogs, from the commits since the last release. Without
// --for-real it does so in a copy of the repository and prints what came of it. --publish publishes what npm does not have.
// See docs/release.md.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Run by npx, because with all that it needs it is half as large as this repository's dependencies (decisions/0048). */
const LERNA = 'lerna@9.0.7'
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BRANCH = 'main'

const runs = {
  '': rehearse,
  '--for-real': () => makeVersion(ROOT),
  '--publish': () => runLerna(ROOT, 'publish', 'from-package')
}

const run = runs[process.argv.slice(2).join(' ')]
if (run === undefined) {
  console.error('Usage: yarn release [--for-real]')
  process.exit(2)
}
run()

function runLerna(folder, ...args) {
  execFileSync('npx', ['--yes', LERNA, ...args, '--yes'], { cwd: folder, stdio: 'inherit' })
}

/** Writes versions and changelogs, commits and tags. Nothing is pushed or published. */
function makeVersion(folder) {
  runLerna(folder, 'version', '--no-push')
}

function rehearse() {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'release-'))
  const git = (...args) => execFileSync('git', args, { cwd: copy, encoding: 'utf8' })
  try {
    git('clone', '--quiet', ROOT, '.')
    git('checkout', '--quiet', '-B', BRANCH)
    makeVersion(copy)
    console.log(
      `\n${git('show', '--stat', '--format=%s%d')}\n${git('show', '--format=', 'HEAD', '--', 'CHANGELOG.md')}`
    )
    console.log('This was a rehearsal: nothing is changed here. `yarn release --for-real` does it.')
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
