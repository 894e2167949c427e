import { fileURLToPath } from 'node:url'

const stub = (name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))

/** Replacements for packages in the bundle, of which Segment's mapping kit needs only a few lines. */
export const appAliases = {
  'aggregate-error': stub('aggregate-error-stub')
}
