import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { Destination } from '@segment/actions-core'
import type { Choices, ChoicesRequest, Json } from '../../contract'
import { catalog } from '../configuration/catalog'
import type { CloudTarget } from '../engine/index'
import { isJsonObject } from '../../json-guards'

/** Reads the choices for a field from the connected workspace, as Segment's form does. */
export async function findChoices(
  { action, field, keys }: ChoicesRequest,
  target: CloudTarget | undefined,
  settings: Record<string, Json>
): Promise<Choices> {
  const { actions } = catalog.cloud
  // Names such as `constructor` must not reach a prototype.
  const isKnown = Object.hasOwn(actions, action) && Object.hasOwn(actions[action]?.fields ?? {}, field)
  if (!isKnown) return { choices: [], problem: `${action} has no choices for ${field}.` }
  if (!target) return { choices: [], problem: 'No workspace is connected. Connect one in the catalog.' }
  const { restHost, token } = target
  const destination = new Destination(intercomCloud(restHost === undefined ? {} : { restHost }))
  const auth = { accessToken: token, refreshToken: '' }
  const answer: unknown = await destination.executeDynamicField(action, keys ? `${field}.__keys__` : field, {
    ...{ settings, auth, payload: {} }
  })
  if (!isJsonObject(answer)) return { choices: [], problem: `${action} has no choices for ${field}.` }
  const { choices, error } = answer
  const found = (Array.isArray(choices) ? choices : []).filter(isJsonObject).flatMap(({ label, value }) => {
    if (typeof value !== 'string' && typeof value !== 'number') return []
    return [{ label: typeof label === 'string' ? label : String(value), value }]
  })
  return isJsonObject(error)
    ? { choices: found, problem: typeof error.message === 'string' ? error.message : 'Intercom gave no reason.' }
    : { choices: found }
}
