import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** `node_modules/@segment/actions-core/dist/esm/index.js` → `node_modules/@segment/actions-core`, the innermost. */
const PACKAGE_FOLDER = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/

/** `packages/intercom-web/dist/esm/index.js` → `packages/intercom-web/dist` */
const OWN_BUILD = /^packages\/[^/]+\/dist(?=\/)/

const NOTICES = 'THIRD-PARTY-NOTICES.txt'
const HEADING = 'The files in this folder include code of these packages.\n'
const LINE = `\n${'-'.repeat(80)}\n`

/**
 * Writes what the licences of a package demand: our own beside its package.json, and the notices of the code that its
 * bundles include beside the bundles.
 * @param inputs Pairs of a file and what the bundler says of it: `{ bytesInOutput }`
 */
export async function writeLicences(folder, inputs) {
  const { private: isPrivate } = await readManifest(folder)
  if (isPrivate) return
  await cp(path.join(ROOT, 'LICENSE'), path.join(folder, 'LICENSE'))
  const folders = foldersOf(inputs, PACKAGE_FOLDER)
  const builds = foldersOf(inputs, OWN_BUILD)
  const notices = [
    ...(await Promise.all(folders.map((one) => toNotice(path.join(ROOT, one))))),
    ...(await Promise.all(builds.map((one) => readNotices(path.join(ROOT, one))))).flat()
  ]
  if (notices.length > 0) await writeFile(path.join(folder, 'dist', NOTICES), [HEADING, ...sorted(notices)].join(LINE))
}

/** The names of the packages of which the bundles include code, in order. */
export const bundledPackages = (inputs) =>
  sorted(foldersOf(inputs, PACKAGE_FOLDER).map((folder) => folder.split('node_modules/').at(-1)))

/**
 * What files that others have bundled contain, as pairs for `writeLicences`: their source maps name the packages.
 * @param folder The package whose files they are
 */
export async function toInputsOfMaps(folder, maps) {
  const sources = await Promise.all(maps.map(async (file) => JSON.parse(await readFile(file, 'utf8')).sources))
  const names = sources.flat().flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [])
  const resolve = createRequire(path.join(folder, 'package.json'))
  const folders = [...new Set(names)].map((name) => toInstalledFolder(resolve, name))
  return [folder, ...folders].map((one) => [path.join(path.relative(ROOT, one), 'package.json'), { bytesInOutput: 1 }])
}

function toInstalledFolder(resolve, name) {
  const found = resolve.resolve
    .paths(name)
    .map((folder) => path.join(folder, name))
    .find((folder) => existsSync(folder))
  if (found === undefined) throw new Error(`The licence of ${name} cannot be read, because it is not installed.`)
  return found
}

function foldersOf(inputs, pattern) {
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  return [...new Set(used.flatMap(([file]) => pattern.exec(file)?.[0] ?? []))]
}

const sorted = (notices) => [...new Set(notices)].sort((one, other) => (one < other ? -1 : 1))

/** The notices of a build of ours that another one includes. */
async function readNotices(folder) {
  const [, ...notices] = (await readFile(path.join(folder, NOTICES), 'utf8')).split(LINE)
  return notices
}

async function toNotice(folder) {
  const { name, version, license = 'its package.json names no licence', ...rest } = await readManifest(folder)
  const { author, homepage, repository } = rest
  const source = homepage ?? repository?.url ?? repository
  const title = [`${name} ${version} (${license})`, source].filter(Boolean).join('\n')
  const [file] = (await readdir(folder)).filter((one) => /^licen[cs]e/i.test(one))
  // A package without a file of its licence names its author at most.
  const text = file === undefined ? toCopyright(author) : await readFile(path.join(folder, file), 'utf8')
  return `${title}\n\n${text.trim()}\n`
}

const toCopyright = (author) =>
  `Copyright ${author?.name ?? author ?? 'its authors'}. The package has no file of its licence.`

async function readManifest(folder) {
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
}
