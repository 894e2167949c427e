import { fileURLToPath } from 'node:url'

const stub = (name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))

/** Replacements for packages in the browser bundles: the runtime needs only a few lines of each. */
export const aliases = {
  '@segment/destination-subscriptions': stub('fql-stub'),
  'dayjs/plugin/utc': stub('dayjs-stub'),
  dayjs: stub('dayjs-stub')
}

/** Replacements for files inside Segment's packages, which aliases do not cover. */
export const withoutUnused = {
  name: 'without-unused',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(load-script|resolve-when|liquid-directive|validate)$/ }, ({ importer }) =>
      importer.includes('@segment') ? { path: stub('runtime-stubs') } : undefined
    )
  }
}
