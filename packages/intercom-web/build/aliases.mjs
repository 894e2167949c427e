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
export const aliases = { '@segment/browser-destination-runtime/plugin': stub('plugin-stub') }

/** Replaces a file that another one imports from its own folder. */
const replacing = (name) => ({
  name: `without-${name}`,
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^\\./${name}$`) }, () => ({ path: stub(`${name}-stub`) }))
  }
})

/** Replaces the only file of the shared mapping that uses dayjs. */
export const withoutDayjs = replacing('midnight')

const names = JSON.parse(readFileSync(new URL('private-names.json', import.meta.url), 'utf8'))

/** The properties that the remote script shortens: those that never leave it. `checks/private-names.test.ts` proves it. */
export const privateNames = new RegExp(`^(${names.join('|')})$`)

/** For the remote script: replaces what the shared mapping has for apps, and for tests of sites in jsdom. */
export const withTextEncoder = replacing('utf8')
