import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const stub = (name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))

/** Segment's packages that `build` writes anew, shorter. Their licences stay with the bundles. */
export const rewrittenPackages = [
  '@segment/actions-core',
  '@segment/browser-destination-runtime',
  '@segment/destination-subscriptions'
]

/** What the shared mapping uses of dayjs, without dayjs. */
export const withoutDayjs = {
  'dayjs/plugin/utc': stub('dayjs-stub'),
  dayjs: stub('dayjs-stub')
}

/** Replacements for packages in the browser bundles, which need only a part of each. */
export const aliases = { '@segment/browser-destination-runtime/plugin': stub('plugin-stub'), ...withoutDayjs }

const names = JSON.parse(readFileSync(new URL('private-names.json', import.meta.url), 'utf8'))

/** The properties that the remote script shortens: those that never leave it. `checks/private-names.test.ts` proves it. */
export const privateNames = new RegExp(`^(${names.join('|')})$`)

/** For the remote script: replaces what the shared mapping has for apps, and for tests of sites in jsdom. */
export const withTextEncoder = {
  name: 'with-text-encoder',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/utf8$/ }, () => ({ path: stub('utf8-stub') }))
  }
}
