import { coverage } from '../coverage'
import { notEmulated } from '../http/errors'
import { route } from './route'

/**
 * Operations that the emulator knows by name only; each answers 501. Without them, GET /companies/scroll would be read as
 * a company with the id "scroll".
 */
export const notStartedRoutes = coverage
  .filter(({ state }) => state === 'not started')
  .map(({ operation }) =>
    route(operation, ({ method, path }) => {
      throw notEmulated(`${method} ${path}`)
    })
  )
