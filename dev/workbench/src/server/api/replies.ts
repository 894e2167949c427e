import type { Context } from 'hono'
import type { JsonObject, Problem, Problems, State } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { toState, type Workbench } from '../workbench'
import { toProblems } from './problems'

const NOT_FOUND = 404
const UNPROCESSABLE = 422

export function unprocessable(context: Context, ...problems: readonly Problem[]) {
  return context.json({ problems } satisfies Problems, UNPROCESSABLE)
}

export function missing(context: Context, what: string) {
  return context.json(toProblems(`There is no ${what}.`), NOT_FOUND)
}

/** Sends the state to every page that is open, and returns it. */
export function publishState(workbench: Workbench): State {
  const state = toState(workbench)
  workbench.broadcast.send({ name: 'state', value: state })
  return state
}

/** The JSON of a request. Throws with a text for the page. */
export async function read(context: Context): Promise<unknown> {
  try {
    return JSON.parse(await context.req.text())
  } catch {
    throw new Error('That is not JSON.')
  }
}

/** The JSON object of a request. Throws with a text for the page. */
export async function readObject(context: Context): Promise<JsonObject> {
  const value = await read(context)
  if (!isJsonObject(value)) throw new Error('A JSON object was expected.')
  return value
}
