/** @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"module": "CommonJS", "moduleResolution": "Node10"}} */

import type { Config } from 'jest'

/** ts-jest compiles tests and their support, and hoists mocks; esbuild compiles the sources in a seventh of its time. */
const toTransform = (root: string): Config['transform'] => ({
  '^.+/(__tests__|test-support)/.+\\.tsx?$': ['ts-jest', { tsconfig: `${root}/tsconfig.jest.json` }],
  '^.+\\.tsx?$': `${root}/scripts/jest-esbuild.cjs`
})

const common = {
  transform: toTransform('<rootDir>/../..'),
  moduleNameMapper: {
    '^@intercom-destinations/(shared-mapping|intercom-web|intercom-cloud|intercom-react-native|emulator|delivery|cli)$':
      '<rootDir>/../../packages/$1/src',
    '^@intercom-destinations/scenarios$': '<rootDir>/../../dev/scenarios/src'
  },
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
    project('web', 'packages/intercom-web', { testEnvironment: 'jsdom', setupFiles: ['<rootDir>/jest.setup.ts'] }),
    project('mobile', 'packages/intercom-react-native', {
      moduleNameMapper: {
        ...common.moduleNameMapper,
        '^(react-native|react|uuid)$': '<rootDir>/src/test-support/$1.ts'
      }
    }),
    project('cloud', 'packages/intercom-cloud'),
    project('emulator', 'packages/emulator'),
    project('delivery', 'packages/delivery'),
    project('cli', 'packages/cli', { globalSetup: '<rootDir>/../../scripts/jest-build.ts' }),
    project('scenarios', 'dev/scenarios'),
    project('bench', 'dev/bench'),
    project('workbench', 'dev/workbench', { globalSetup: '<rootDir>/../../scripts/jest-build.ts' }),
    {
      ...common,
      displayName: 'checks',
      rootDir: '<rootDir>/checks',
      transform: toTransform('<rootDir>/..'),
      moduleNameMapper: {
        '^@intercom-destinations/(shared-mapping|intercom-web|intercom-cloud|intercom-react-native|emulator|delivery|cli)$':
          '<rootDir>/../packages/$1/src',
        '^@intercom-destinations/scenarios$': '<rootDir>/../dev/scenarios/src'
      },
      modulePathIgnorePatterns: [],
      globalSetup: '<rootDir>/../scripts/jest-build.ts'
    }
  ]
}

export default config
