import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ROOT } from '../source-files'
import { FOLDER_VARIABLE, installByNpm, inTools, PUBLISHED, run, SCOPE, tarball, TOOLS, YARN } from './support'

/** Packs every published package once for all tests, as its README says, and installs the package managers. */
export default async function packAll(): Promise<void> {
  process.env[FOLDER_VARIABLE] = mkdtempSync(path.join(os.tmpdir(), 'packed-'))
  await Promise.all([installTools(), ...PUBLISHED.map(pack)])
}

async function pack(name: string): Promise<void> {
  await run(ROOT, process.execPath, [YARN, 'workspace', `${SCOPE}${name}`, 'pack', '--out', tarball(name)])
}

/** They stay there for the next run: two versions of Node are 370 MB. */
async function installTools(): Promise<void> {
  mkdirSync(inTools(), { recursive: true })
  writeFileSync(inTools('package.json'), JSON.stringify({ private: true, dependencies: TOOLS }))
  await installByNpm([], inTools())
}
