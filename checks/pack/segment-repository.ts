/**
 * A small stand-in for Segment's repository action-destinations, with the parts that its Intercom destinations use.
 *
 * Known from the packages on npm (@segment/action-destinations 3.497.0, @segment/browser-destinations 3.98.0,
 * @segment/analytics-browser-actions-braze 1.6.0): names and folders, dependencies, `lib/dayjs`, `lib/hashing-utils`, the
 * settings and setup files of Jest, the rules that `eslint-disable` comments name. TypeScript 5.5.4, ESLint 7, prettier 2
 * with its options, lru-cache 10.4.3 and fast-uri 3.1.0 were read in the repository.
 *
 * Assumed, because neither is published: the compiler options of the root (`strict`, no unused names, `lib` es2020), and
 * that ESLint extends the recommended rules of typescript-eslint 5, also those that need types. Rules that the published
 * sources of other destinations break are off. @segment/actions-core 3.170.0 is the newest on npm, theirs is newer.
 */

const DEPENDENCIES = {
  '@segment/actions-core': '3.170.0',
  '@segment/analytics-next': '1.84.3',
  '@segment/browser-destination-runtime': '1.6.0',
  '@types/jest': '27.5.2',
  '@types/node': '22.13.1',
  '@typescript-eslint/eslint-plugin': '5.62.0',
  '@typescript-eslint/parser': '5.62.0',
  dayjs: '1.11.23',
  eslint: '7.32.0',
  'eslint-config-prettier': '8.3.0',
  jest: '27.5.1',
  liquidjs: '10.27.2',
  'lru-cache': '10.4.3',
  nock: '13.5.6',
  prettier: '2.8.8',
  'ts-jest': '27.1.5',
  typescript: '5.5.4'
}

const COMPILER_OPTIONS = {
  allowSyntheticDefaultImports: true,
  declaration: true,
  esModuleInterop: true,
  forceConsistentCasingInFileNames: true,
  isolatedModules: true,
  lib: ['es2020'],
  module: 'commonjs',
  moduleResolution: 'node',
  noEmit: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  strict: true,
  target: 'es2020'
}

const ESLINT = {
  root: true,
  env: { es6: true, node: true },
  parser: '@typescript-eslint/parser',
  parserOptions: { project: ['tsconfig.eslint.json'] },
  plugins: ['@typescript-eslint'],
  extends: [
    'eslint:recommended',
    'plugin:@typescript-eslint/recommended',
    'plugin:@typescript-eslint/recommended-requiring-type-checking',
    'prettier'
  ],
  rules: {
    '@typescript-eslint/no-unsafe-assignment': 'off',
    '@typescript-eslint/no-unsafe-call': 'off',
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/restrict-template-expressions': 'off',
    'no-restricted-imports': ['error', { paths: ['dayjs', 'dayjs/plugin/utc'] }],
    'no-restricted-syntax': ['error', 'Identifier[name="createHash"]']
  },
  overrides: [{ files: ['packages/browser-destinations/**'], rules: { 'no-restricted-imports': 'off' } }]
}

const JEST_CLOUD = {
  preset: 'ts-jest',
  globals: { 'ts-jest': { isolatedModules: true } },
  testEnvironment: 'node',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '__tests__/__helpers__/']
}

const inModules = (file: string) => `<rootDir>/../../node_modules/${file}`

/** Jest 27 does not read `exports` of a manifest. Their packages are mapped to sources, ours to what npm has. */
const JEST_WEB = {
  testEnvironment: 'jsdom',
  testEnvironmentOptions: { runScripts: 'dangerously', resources: 'usable', url: 'https://segment.com' },
  testURL: 'https://segment.com',
  moduleNameMapper: {
    '^@segment/browser-destination-runtime/(.*)$': inModules('@segment/browser-destination-runtime/dist/cjs/$1.js'),
    '^@segment/actions-core$': inModules('@segment/actions-core/dist/cjs/index.js'),
    '^@segment/actions-core/(.*)$': inModules('@segment/actions-core/dist/cjs/$1')
  },
  transform: { '^.+\\.ts$': '<rootDir>/test/transform.js' },
  setupFilesAfterEnv: ['<rootDir>/test/setup-after-env.ts'],
  forceExit: true
}

/** Babel in theirs. Types are removed either way. */
const transformer = (esbuild: string) => `const { transformSync } = require(${JSON.stringify(esbuild)})
module.exports = {
  process: (text, file) =>
    transformSync(text, { loader: 'ts', format: 'cjs', target: 'node18', sourcefile: file, sourcemap: 'inline' }).code
}
`

const SETUP = `import { setImmediate } from 'timers'
import { TextDecoder, TextEncoder } from 'util'

Object.assign(globalThis, { TextEncoder, TextDecoder, setImmediate })

beforeEach(() => {
  jest.restoreAllMocks()
  jest.resetAllMocks()
  document.body.innerHTML = ''
  document.head.innerHTML = ''
  document.head.appendChild(document.createElement('script'))
  jest.spyOn(window, 'window', 'get')
  jest.spyOn(globalThis, 'document', 'get')
  jest.spyOn(console, 'error').mockImplementation(() => undefined)
  document.domain = 'segment.com'
})
`

const DAYJS = `import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'
import advancedFormat from 'dayjs/plugin/advancedFormat'

dayjs.extend(utc)
dayjs.extend(advancedFormat)

export default dayjs
`

/** The part that makes a hash of a text that is neither empty nor a hash already. */
const HASHING = `import * as crypto from 'crypto'

export type EncryptionMethod = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

export function processHashing(value: string, method: EncryptionMethod, digest: 'hex' | 'base64'): string {
  return value.trim() === '' ? '' : crypto.createHash(method).update(value).digest(digest)
}
`

const json = (value: object) => JSON.stringify(value, undefined, 2)

/** The files by path. `esbuild`: where Node finds the package. */
export function segmentRepository(esbuild: string): Readonly<Record<string, string>> {
  return {
    'package.json': json({
      name: 'stand-in',
      private: true,
      dependencies: DEPENDENCIES,
      overrides: { 'fast-uri': '3.1.0' }
    }),
    'tsconfig.json': json({ compilerOptions: COMPILER_OPTIONS }),
    // One program for both halves, in half the time.
    'tsconfig.eslint.json': json({
      extends: './tsconfig.json',
      compilerOptions: { lib: ['es2020', 'dom'] },
      include: ['packages/*/src', 'packages/*/destinations']
    }),
    '.eslintrc.json': json(ESLINT),
    '.prettierrc': json({ semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 }),
    'packages/destination-actions/package.json': json({ name: '@segment/action-destinations', version: '3.497.0' }),
    'packages/destination-actions/tsconfig.json': json({ extends: '../../tsconfig.json', include: ['src'] }),
    'packages/destination-actions/jest.config.json': json(JEST_CLOUD),
    'packages/destination-actions/src/lib/dayjs.ts': DAYJS,
    'packages/destination-actions/src/lib/hashing-utils.ts': HASHING,
    'packages/destination-actions/src/destinations/intercom/util.ts': 'export const ofToday = true\n',
    'packages/browser-destinations/tsconfig.json': json({
      extends: '../../tsconfig.json',
      compilerOptions: { module: 'esnext', lib: ['es2020', 'dom'] },
      include: ['destinations']
    }),
    'packages/browser-destinations/jest.config.json': json(JEST_WEB),
    'packages/browser-destinations/test/transform.js': transformer(esbuild),
    'packages/browser-destinations/test/setup-after-env.ts': SETUP
  }
}
