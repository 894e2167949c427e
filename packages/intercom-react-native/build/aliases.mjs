import { fileURLToPath } from 'node:url'

const stub = (name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))

/** Replacements for packages in the bundle, of which Segment's mapping kit needs only a few lines. */
export const appAliases = {
  'aggregate-error': stub('aggregate-error-stub')
}

/** Replacements for files inside Segment's mapping kit, which aliases do not cover. */
export const withoutUnused = {
  name: 'without-unused',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(liquid-directive|validate)$/ }, ({ importer }) =>
      importer.includes('@segment') ? { path: stub('runtime-stubs') } : undefined
    )
  }
}
