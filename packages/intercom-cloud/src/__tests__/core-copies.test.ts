import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findCoreCopies, warnOfCoreCopies } from '../install-checks/core-copies'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'core-copies-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Creates a package with this name and version below `where`; returns a file in it. */
function install(where: string, name: string, version: string): string {
  const root = path.join(folder, where, 'node_modules', name)
  mkdirSync(root, { recursive: true })
  writeFileSync(path.join(root, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }))
  writeFileSync(path.join(root, 'index.js'), '')
  return path.join(root, 'index.js')
}

function writeProgram(): string {
  const program = path.join(folder, 'app.js')
  writeFileSync(program, '')
  return program
}

function warningOf(find: Parameters<typeof warnOfCoreCopies>[0]): unknown[] {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  warnOfCoreCopies(find)
  return warn.mock.calls.flat()
}

test('warns a host with a second copy of both versions, with the remedy', () => {
  install('.', '@segment/actions-core', '3.77.0')
  const self = install('.', 'intercom-cloud', '1.0.0')
  install('node_modules/intercom-cloud', '@segment/actions-core', '3.170.0')
  const [text, options] = warningOf(() => findCoreCopies(writeProgram(), self))
  expect(text).toContain('this destination loads 3.170.0, the program that runs it 3.77.0')
  expect(text).toContain('"overrides": { "@segment/actions-core": "3.170.0" }')
  expect(options).toEqual({ code: 'INTERCOM_TWO_CORES' })
})

test('does not warn of one copy, also if it is a link', () => {
  install('.', '@segment/actions-core', '3.170.0')
  const self = install('.', 'intercom-cloud', '1.0.0')
  const own = path.join(path.dirname(self), 'node_modules', '@segment')
  mkdirSync(own, { recursive: true })
  symlinkSync(path.join(folder, 'node_modules', '@segment', 'actions-core'), path.join(own, 'actions-core'))
  expect(warningOf(() => findCoreCopies(writeProgram(), self))).toEqual([])
})

test('does not warn a host without packages, without actions-core or without a program', () => {
  const self = install('.', 'intercom-cloud', '1.0.0')
  install('node_modules/intercom-cloud', '@segment/actions-core', '3.170.0')
  expect(warningOf(() => findCoreCopies(writeProgram(), self))).toEqual([])
  expect(warningOf(() => findCoreCopies(path.join(folder, 'nothing.js'), self))).toEqual([])
  expect(warningOf(() => findCoreCopies(undefined))).toEqual([])
})

test('does not warn at import in this repository, which has one copy', () => {
  expect(warningOf(undefined)).toEqual([])
})
