import { createEmulator, type EmulatorOptions, type Seed } from '@intercom-destinations/emulator'
import { isJsonObject } from './json-object'
import { readJsonFile } from './read-json-file'
import { SEED_KEYS, toSeed } from './seed-file'
import { messageOf } from '../text/message-of'

/** What the emulator's workspace is called, which custom attributes it has, and what is in it from the start. */
export interface EmulatedWorkspace extends Seed {
  readonly name?: string
}

const DEFAULT_NAME = 'a new workspace'
const KEYS = ['name', ...SEED_KEYS] as const
/** How the emulator begins what it has against a seed. */
const SEED_MARK = /^Seed: /

/** Reads a workspace file. Whatever is wrong with it is said together with its place. */
export function readWorkspaceFile(path: string): Promise<EmulatedWorkspace> {
  return readJsonFile(
    path,
    { what: 'workspace file', wrong: 'is not one', example: 'examples/saas-week.workspace.json' },
    toWorkspace
  )
}

/** Turns parsed JSON into a workspace, or throws an `Error` that names the place that is wrong. */
export function toWorkspace(value: unknown): EmulatedWorkspace {
  if (!isJsonObject(value)) throw new Error('an object was expected')
  const stranger = Object.keys(value).find((key) => !KEYS.some((known) => known === key))
  if (stranger !== undefined) throw new Error(`"${stranger}" is unknown; it may hold ${KEYS.join(', ')}`)
  const { name } = value
  if (name !== undefined && typeof name !== 'string') throw new Error('"name" must be a text')
  const workspace = { ...(name === undefined ? {} : { name }), ...toSeed(value) }
  checkReferences(workspace)
  return workspace
}

/** What an emulator is made of to play it. */
export function toEmulatorOptions(
  workspace: EmulatedWorkspace
): Pick<EmulatorOptions, 'contactAttributes' | 'companyAttributes' | 'seed'> & { workspace: { name: string } } {
  const { name = DEFAULT_NAME, contactAttributes, companyAttributes, ...seed } = workspace
  return { workspace: { name }, contactAttributes, companyAttributes, seed }
}

/** Who is attached to what, and whose attributes are declared, is known to the emulator: it is asked for a moment. */
function checkReferences(workspace: EmulatedWorkspace): void {
  try {
    createEmulator(toEmulatorOptions(workspace))
  } catch (error) {
    throw new Error(messageOf(error).replace(SEED_MARK, ''), { cause: error })
  }
}
