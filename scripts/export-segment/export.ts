import 'tsconfig-paths/register'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { CLOUD_HALF, toTheirPath, WEB_HALF, type Half } from './layout'
import { toMetadata, type Metadata } from './metadata'
import { readModules } from './module-graph'
import { toReadme } from './readme'
import { rewriteModule } from './rewrite-module'

/** A file of the export. The path is relative to Segment's repository. */
export interface ExportedFile {
  path: string
  text: string
}

/** Why a folder is not written to. The message is shown to the user. */
export class Refused extends Error {}

/** The options of prettier in Segment's repository. */
const PRETTIER_OPTIONS = {
  semi: false,
  singleQuote: true,
  trailingComma: 'none',
  printWidth: 120,
  proseWrap: 'preserve'
} as const

/** The package whose manifest shows that a folder is a checkout: its name on npm, and its folder there. */
const THEIR_PACKAGE = { manifest: 'packages/destination-actions/package.json', name: '@segment/action-destinations' }

const TARGETS = [...CLOUD_HALF.replaces, ...WEB_HALF.replaces]

/** A folder that was in the way, with the number of its files. */
export interface Replaced {
  folder: string
  files: number
}

export interface Report {
  files: readonly string[]
  replaced: readonly Replaced[]
  /** The version that formatted the files. */
  prettier: string
}

/** Writes both destinations, in place of those that are there. A second run writes the same files. */
export async function exportInto(directory: string): Promise<Report> {
  checkDirectory(directory)
  const prettier = await loadPrettier(directory)
  const files: ExportedFile[] = []
  for (const { path: file, text } of await exportedFiles()) {
    const formatted = await prettier.format(text, { ...PRETTIER_OPTIONS, filepath: file })
    if (typeof formatted !== 'string') throw new TypeError(`prettier ${prettier.version} gave no text for ${file}`)
    files.push({ path: file, text: formatted })
  }
  const replaced = replaceFiles(directory, files)
  return { files: files.map((file) => file.path), replaced, prettier: prettier.version }
}

/** Writes the files, and removes all others from the folders of the destinations. */
export function replaceFiles(directory: string, files: readonly ExportedFile[]): Replaced[] {
  const replaced = TARGETS.filter((folder) => existsSync(path.join(directory, folder))).map((folder) => ({
    folder,
    files: filesIn(path.join(directory, folder)).length
  }))
  for (const { folder } of replaced) rmSync(path.join(directory, folder), { recursive: true })
  for (const { path: file, text } of files) {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true })
    writeFileSync(path.join(directory, file), text)
  }
  return replaced
}

/** All files, as they are before prettier. */
export async function exportedFiles(): Promise<ExportedFile[]> {
  const { default: cloud } = await import('../../packages/intercom-cloud/src')
  const { destination: web } = await import('../../packages/intercom-web/src')
  const files = [
    ...toFiles(CLOUD_HALF, toMetadata(CLOUD_HALF.metadataId, cloud, cloud.authentication?.fields ?? {})),
    ...toFiles(WEB_HALF, toMetadata(WEB_HALF.metadataId, web, web.settings))
  ]
  return files.sort((one, other) => (one.path < other.path ? -1 : 1))
}

function toFiles(half: Half, metadata: Metadata): ExportedFile[] {
  return [
    { path: `${half.target}/README.md`, text: toReadme([CLOUD_HALF.target, WEB_HALF.target]) },
    { path: `${half.target}/metadata.json`, text: JSON.stringify(metadata, undefined, 2) },
    ...readModules(half).map((module) => ({
      path: toTheirPath(module.file, half),
      text: rewriteModule(module, half)
    }))
  ]
}

/** A checkout of Segment's repository, an empty folder, a folder with nothing but an export, or none yet. */
export function checkDirectory(directory: string): void {
  if (!existsSync(directory)) return
  if (!statSync(directory).isDirectory()) throw new Refused(`${directory} is not a folder.`)
  if (isCheckout(directory)) return
  const foreign = filesIn(directory).find((file) => !TARGETS.some((target) => file.startsWith(`${target}/`)))
  if (foreign !== undefined) {
    throw new Refused(
      `${directory} is neither empty nor a checkout of action-destinations: it has ${foreign}, and no ${THEIR_PACKAGE.manifest} of ${THEIR_PACKAGE.name}.`
    )
  }
}

function isCheckout(directory: string): boolean {
  const manifest = path.join(directory, THEIR_PACKAGE.manifest)
  if (!existsSync(manifest)) return false
  try {
    const read: unknown = JSON.parse(readFileSync(manifest, 'utf8'))
    return typeof read === 'object' && read !== null && 'name' in read && read.name === THEIR_PACKAGE.name
  } catch {
    return false
  }
}

/** Relative paths with `/`. Links are not followed. */
export function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
}

interface Prettier {
  version: string
  /** Gives a text or, from version 3 on, the promise of one. */
  format: (text: string, options: object) => unknown
}

/** The prettier of the checkout, where it is installed: major versions format a few lines differently. */
async function loadPrettier(directory: string): Promise<Prettier> {
  return (isCheckout(directory) ? findPrettier(directory) : undefined) ?? (await import('prettier')).default
}

function findPrettier(directory: string): Prettier | undefined {
  const loadFrom = createRequire(path.join(path.resolve(directory), 'package.json'))
  try {
    const theirs: unknown = loadFrom('prettier')
    return isPrettier(theirs) ? theirs : undefined
  } catch {
    // Not installed there.
    return undefined
  }
}

function isPrettier(value: unknown): value is Prettier {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    typeof value.format === 'function' &&
    'version' in value &&
    typeof value.version === 'string'
  )
}
