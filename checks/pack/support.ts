import { execFile, type ExecFileException } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readJson } from '../read-json'
import { ROOT } from '../source-files'

/** The variable in which the setup leaves the folder of the tarballs. */
export const FOLDER_VARIABLE = 'PACKED_PACKAGES'

/** The slowest is a package manager with an empty cache. */
const COMMAND_TIMEOUT_MS = 240_000

export const SCOPE = '@intercom-destinations/'
export const YARN = path.join(ROOT, '.yarn', 'releases', 'yarn-4.18.1.cjs')

/** The folders of the packages that are published. */
export const PUBLISHED = readdirSync(path.join(ROOT, 'packages')).filter(
  (name) => readJson(path.join(ROOT, 'packages', name, 'package.json')).private !== true
)

const PLATFORM = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`

/** Package managers and versions of Node other than those that run the tests, by the names of their folders. */
export const TOOLS = {
  pnpm: 'npm:pnpm@9.8.0',
  yarn1: 'npm:yarn@1.22.22',
  node22: `npm:node-${PLATFORM}@22.23.5`,
  node24: `npm:node-${PLATFORM}@24.22.3`
}
const TOOLS_FOLDER = path.join(ROOT, 'node_modules', '.cache', 'pack-tools')

export const inTools = (...parts: string[]) => path.join(TOOLS_FOLDER, ...parts)
export const inInstalledTools = (...parts: string[]) => inTools('node_modules', ...parts)

export function tarball(name: string): string {
  return path.join(process.env[FOLDER_VARIABLE] ?? '', `${name}.tgz`)
}

export interface Ran {
  stdout: string
  stderr: string
}

/** Runs a program to its end, and rejects with its output if it fails. */
export function run(cwd: string, command: string, args: readonly string[], env = process.env): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env, timeout: COMMAND_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 }
    execFile(command, [...args], options, (error: ExecFileException | null, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr })
      else reject(new Error(`${error.message}\n${stdout}\n${stderr}`))
    })
  })
}

/** A folder with nothing but a package.json. */
export async function emptyProject(manifest: object = {}): Promise<string> {
  const project = await mkdtemp(path.join(process.env[FOLDER_VARIABLE] ?? '', 'project-'))
  await writeFile(path.join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, ...manifest }))
  return project
}

const NPM_INSTALL = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']

/** Installs by npm, into an empty project or into one that is there. */
export async function installByNpm(packages: readonly string[], project?: string): Promise<string> {
  const folder = project ?? (await emptyProject())
  await run(folder, 'npm', [...NPM_INSTALL, ...packages])
  return folder
}

/** Runs a script in the project, by this Node or another one. */
export async function runScript(
  project: string,
  [file, source]: readonly [string, string],
  { node = process.execPath, args = [] }: { node?: string; args?: readonly string[] } = {}
): Promise<Ran> {
  await writeFile(path.join(project, file), source)
  return run(project, node, [file, ...args])
}

export function parsed({ stdout }: Ran): unknown {
  return JSON.parse(stdout)
}
