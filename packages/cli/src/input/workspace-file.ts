import { createEmulator } from '@intercom-destinations/emulator'
import { isJsonObject } from '@intercom-destinations/delivery'
import { toEmulatorOptions, type EmulatedWorkspace } from './emulated-workspace'
import { readJsonFile } from './read-json-file'
import { SEED_KEYS, toSeed } from './seed-file'
import { messageOf } from '../text/message-of'

const KEYS = ['name', ...SEED_KEYS] as const
/** How the emulator's errors about a seed begin. */
const SEED_MARK = /^Seed: /

/** Reads a workspace file. Throws a `UsageError` that names what is wrong. */
export function readWorkspaceFile(path: string): Promise<EmulatedWorkspace> {
  return readJsonFile(
    path,
    { what: 'workspace file', wrong: 'is not one', example: 'examples/saas-week.workspace.json' },
    toWorkspace
  )
}

/** Turns parsed JSON into a workspace, or throws an `Error` that names the wrong part. */
export function toWorkspace(value: unknown): EmulatedWorkspace {
  if (!isJsonObject(value)) throw new Error('an object was expected')
  const unknownKey = Object.keys(value).find((key) => !KEYS.some((known) => known === key))
  if (unknownKey !== undefined) throw new Error(`"${unknownKey}" is unknown; it may hold ${KEYS.join(', ')}`)
  const { name } = value
  if (name !== undefined && typeof name !== 'string') throw new Error('"name" must be a text')
  const workspace = { ...(name === undefined ? {} : { name }), ...toSeed(value) }
  checkReferences(workspace)
  return workspace
}

/** Creates an emulator for a moment, because it checks attachments and the attributes of contacts and companies. */
function checkReferences(workspace: EmulatedWorkspace): void {
  try {
    createEmulator(toEmulatorOptions(workspace))
  } catch (error) {
    throw new Error(messageOf(error).replace(SEED_MARK, ''), { cause: error })
  }
}
