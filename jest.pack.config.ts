/** @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"module": "CommonJS", "moduleResolution": "Node10"}} */

import type { Config } from 'jest'

/** What a user installs: every package packed, and put into empty projects by package managers. Needs the npm registry. */
const config: Config = {
  displayName: 'pack',
  rootDir: 'checks/pack',
  testMatch: ['<rootDir>/**/*.pack.ts'],
  transform: { '^.+\\.tsx?$': ['ts-jest', { tsconfig: '<rootDir>/../../tsconfig.jest.json' }] },
  modulePathIgnorePatterns: [],
  globalSetup: '<rootDir>/pack-all.ts',
  globalTeardown: '<rootDir>/remove-packed.ts',
  maxWorkers: '100%',
  testTimeout: 300_000
}

export default config
