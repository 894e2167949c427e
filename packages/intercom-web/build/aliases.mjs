import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const stub = (name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))

/** Segment's packages that `build` writes anew, shorter. Their licences stay with the bundles. */
export const rewrittenPackages = [
  '@segment/actions-core',
  '@segment/browser-destination-runtime',
  '@segment/destination-subscriptions'
]

/** Replacements for packages in the browser bundles, which need only a part of each. */
export const aliases = {
  '@segment/browser-destination-runtime/plugin': stub('plugin-stub'),
  'dayjs/plugin/utc': stub('dayjs-stub'),
  dayjs: stub('dayjs-stub')
}

const names = JSON.parse(readFileSync(new URL('private-names.json', import.meta.url), 'utf8'))

/** The properties that the remote script shortens: those that never leave it. `checks/private-names.test.ts` proves it. */
export const privateNames = new RegExp(`^(${names.join('|')})$`)
