/** @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"module": "CommonJS", "moduleResolution": "Node10"}} */

import type { Config } from 'jest'

const toTransform = (root: string): Config['transform'] => ({ '^.+\\.tsx?$': `${root}/scripts/jest-esbuild.cjs` })

/** Packages are tested as they are written, not as they are built. */
const toOurSources = (root: string) => ({
  '^@intercom-destinations/redis-server$': `${root}/dev/redis-server/src`,
  '^@intercom-destinations/scenarios$': `${root}/dev/scenarios/src`,
  '^@intercom-destinations/([\\w-]+)$': `${root}/packages/$1/src`
})

const common = {
  transform: toTransform('<rootDir>/../..'),
  setupFiles: ['<rootDir>/../../scripts/jest-contexts.cjs'],
  moduleNameMapper: toOurSources('<rootDir>/../..'),
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/e2e/'],
  modulePathIgnorePatterns: ['/dist/'],
  restoreMocks: true
} satisfies Config

const project = (displayName: string, rootDir: string, more: Config = {}) => ({
  ...common,
  displayName,
  rootDir: `<rootDir>/${rootDir}`,
  ...more
})

const config: Config = {
  // Jest leaves one core free by default, which is half of a machine with two.
  maxWorkers: '100%',
  // A busy machine is no fault: a test that hangs is still ended.
  testTimeout: 30_000,
  projects: [
    project('shared', 'packages/shared-mapping'),
    project('web', 'packages/intercom-web', { testEnvironment: 'jsdom' }),
    project('mobile', 'packages/intercom-react-native', {
      moduleNameMapper: {
        ...common.moduleNameMapper,
        '^(react-native|react|uuid)$': '<rootDir>/src/test-support/$1.ts'
      }
    }),
    project('cloud', 'packages/intercom-cloud'),
    project('emulator', 'packages/emulator'),
    project('event-file', 'packages/event-file'),
    project('delivery', 'packages/delivery'),
    project('redis', 'packages/redis-state'),
    project('function', 'packages/segment-function', {
      modulePathIgnorePatterns: [],
      globalSetup: '<rootDir>/../../scripts/jest-build.ts'
    }),
    project('cli', 'packages/cli', { globalSetup: '<rootDir>/../../scripts/jest-build.ts' }),
    project('scenarios', 'dev/scenarios'),
    project('bench', 'dev/bench'),
    project('workbench', 'dev/workbench', { globalSetup: '<rootDir>/../../scripts/jest-build.ts' }),
    {
      ...common,
      displayName: 'examples',
      rootDir: '<rootDir>/examples',
      transform: toTransform('<rootDir>/..'),
      setupFiles: ['<rootDir>/../scripts/jest-contexts.cjs'],
      moduleNameMapper: {
        ...toOurSources('<rootDir>/..'),
        // The examples are ESM, whose imports name the compiled file.
        '^(\\.{1,2}/.*)\\.js$': '$1'
      }
    },
    {
      ...common,
      displayName: 'checks',
      rootDir: '<rootDir>/checks',
      transform: toTransform('<rootDir>/..'),
      setupFiles: ['<rootDir>/../scripts/jest-contexts.cjs'],
      moduleNameMapper: toOurSources('<rootDir>/..'),
      modulePathIgnorePatterns: [],
      globalSetup: '<rootDir>/../scripts/jest-build.ts'
    }
  ]
}

export default config
