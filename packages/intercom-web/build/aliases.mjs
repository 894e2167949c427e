import { fileURLToPath } from 'node:url'

const stub = (name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))

/** What the browser bundles take instead of the packages: of each of these the runtime needs a few lines at most. */
export const aliases = {
  '@segment/destination-subscriptions': stub('fql-stub'),
  'dayjs/plugin/utc': stub('dayjs-stub'),
  dayjs: stub('dayjs-stub'),
  '@noble/hashes/legacy': stub('md5-stub'),
  '@noble/hashes/utils': stub('md5-stub')
}

/** What Segment's packages ask for inside themselves, where no alias reaches. */
export const withoutUnused = {
  name: 'without-unused',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(load-script|resolve-when|liquid-directive|validate)$/ }, ({ importer }) =>
      importer.includes('@segment') ? { path: stub('runtime-stubs') } : undefined
    )
  }
}
