import { fileURLToPath } from 'node:url'

const stub = (name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))

/** What the browser bundles take instead of the packages: of each of these the runtime needs a few lines at most. */
export const aliases = {
  'aggregate-error': stub('aggregate-error-stub'),
  'ts-custom-error': stub('ts-custom-error-stub'),
  'dayjs/plugin/utc': stub('dayjs-stub'),
  dayjs: stub('dayjs-stub'),
  '@noble/hashes/legacy': stub('md5-stub'),
  '@noble/hashes/utils': stub('md5-stub')
}

/** As much of @segment/fql-ts as subscriptions use: its syntax trees and its printer are 1.5 KB, gzipped. */
const FQL_LEXER = `
  export { default as lex } from '@segment/fql-ts/dist/cjs/lexer'
  export { TokenType as types } from '@segment/fql-ts/dist/cjs/token'
`

/** What Segment's packages ask for inside themselves, where no alias reaches, and what only a part is needed of. */
export const withoutUnused = {
  name: 'without-unused',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\/(load-script|resolve-when|liquid-directive)$/ }, ({ importer }) =>
      importer.includes('@segment') ? { path: stub('runtime-stubs') } : undefined
    )
    onResolve({ filter: /^@segment\/fql-ts$/ }, ({ resolveDir }) => ({
      path: 'lexer',
      namespace: 'fql',
      pluginData: resolveDir
    }))
    onLoad({ filter: /^lexer$/, namespace: 'fql' }, ({ pluginData }) => ({
      contents: FQL_LEXER,
      resolveDir: pluginData
    }))
  }
}
