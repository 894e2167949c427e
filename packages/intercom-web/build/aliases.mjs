import { fileURLToPath } from 'node:url'

const stub = (name) => fileURLToPath(new URL(`${name}-stub.ts`, import.meta.url))

/** What the browser bundles take instead of the packages: of each of these the runtime needs a few lines at most. */
export const aliases = {
  'aggregate-error': stub('aggregate-error'),
  'ts-custom-error': stub('ts-custom-error'),
  'dayjs/plugin/utc': stub('dayjs'),
  dayjs: stub('dayjs'),
  liquidjs: stub('liquidjs')
}
