import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { messageOf } from '../text/message-of'
import { describeDefinition, toDefaults } from './describe-definition'
import { isObject } from './is-object'
import { redirectRequests } from './redirect-requests'
import type { ForeignDefinition, WorkerStart } from './worker-messages'

type Fields = Readonly<Record<string, unknown>>

const CORE = '@segment/actions-core'

/** The other destination, running in its own actions-core. */
export interface Foreign {
  readonly definition: ForeignDefinition
  /** Runs an action for one event. Rejects with what the definition or its core throws. */
  readonly execute: (action: string, event: unknown, mapping: unknown) => Promise<void>
}

/** Loads the module and its own actions-core. Throws an error that says what is missing. */
export async function loadForeign({ module, folder, address, token }: WorkerStart): Promise<Foreign> {
  const file = resolveModule(module, folder)
  const definition = findDefinition(await load(file, module))
  if (!definition) throw new Error(`${module} has no destination definition: no export has actions with a perform.`)
  const core = await loadCore(file, module)
  const destination: unknown = Reflect.construct(core.Destination, [redirectRequests(definition, address)])
  const executeAction = isObject(destination) ? destination.executeAction : undefined
  if (typeof executeAction !== 'function') throw new Error(`${CORE} ${core.version} of ${module} cannot run an action.`)
  const common = {
    settings: toDefaultSettings(definition),
    auth: { accessToken: token, refreshToken: '' },
    features: {},
    statsContext: undefined
  }
  return {
    definition: { ...describeDefinition(definition, module), coreVersion: core.version },
    execute: async (action, event, mapping) => {
      await Reflect.apply(executeAction, destination, [action, { ...common, event, mapping }])
    }
  }
}

function resolveModule(module: string, folder: string): string {
  try {
    return realpathSync(createRequire(path.join(folder, 'here.js')).resolve(module))
  } catch {
    throw new Error(`${module} cannot be found from ${folder}. Install it there, or name its file.`)
  }
}

async function load(file: string, module: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    throw new Error(`${module} cannot be loaded: ${messageOf(error)}`, { cause: error })
  }
}

/** Exports of a CommonJS module are below `default`, and its own default export is below that. */
const MOST_DEFAULTS = 3

function findDefinition(exported: unknown): Fields | undefined {
  let candidate = exported
  for (let depth = 0; depth <= MOST_DEFAULTS && isObject(candidate); depth += 1) {
    const found = [candidate, candidate.destination].find(isDefinition)
    if (found) return found
    candidate = candidate.default
  }
  return undefined
}

function isDefinition(value: unknown): value is Fields {
  if (!isObject(value) || !isObject(value.actions)) return false
  const actions = Object.values(value.actions)
  return actions.length > 0 && actions.every((action) => isObject(action) && typeof action.perform === 'function')
}

/** The core that the module itself would load. Two cores in one destination lose data. */
async function loadCore(file: string, module: string) {
  const entry = resolveCore(file, module)
  const exported = await load(entry, `${CORE} of ${module}`)
  const whole = isObject(exported) && isObject(exported.default) ? { ...exported, ...exported.default } : exported
  const Destination = isObject(whole) ? whole.Destination : undefined
  if (typeof Destination !== 'function') throw new Error(`${CORE} of ${module} has no Destination.`)
  return { Destination, version: findVersion(entry) }
}

function resolveCore(file: string, module: string): string {
  try {
    return createRequire(file).resolve(CORE)
  } catch {
    throw new Error(`${module} has no ${CORE}, in which it could run. Install the version that it was written for.`)
  }
}

/** The version in the nearest package.json with a name. */
function findVersion(entry: string): string {
  for (let folder = path.dirname(entry); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json')
    if (!existsSync(file)) continue
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isObject(manifest) && typeof manifest.version === 'string') return manifest.version
  }
  return 'unknown'
}

/** What a customer who has changed nothing would have. */
const toDefaultSettings = ({ authentication }: Fields): Fields =>
  toDefaults(isObject(authentication) ? authentication.fields : undefined)
