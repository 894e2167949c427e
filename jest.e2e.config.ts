/** @jest-config-loader-options {"transpileOnly": true, "compilerOptions": {"module": "CommonJS", "moduleResolution": "Node10"}} */

import type { Config } from 'jest'

/** Real Chromium against pages of this machine. Needs `chromium` (or CHROMIUM_PATH), and says so where it is missing. */
const config: Config = {
  displayName: 'e2e',
  testMatch: [
    '<rootDir>/packages/intercom-web/__tests__/e2e/**/*.e2e.ts',
    '<rootDir>/dev/workbench/__tests__/e2e/**/*.e2e.ts',
    '<rootDir>/packages/cli/__tests__/e2e/**/*.e2e.ts'
  ],
  transform: { '^.+\\.tsx?$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.jest.json' }] },
  modulePathIgnorePatterns: ['/dist/'],
  globalSetup: '<rootDir>/scripts/jest-build.ts',
  maxWorkers: 1,
  testTimeout: 60_000
}

export default config
