import eslint from '@eslint/js'
import tseslint from 'typescript-eslint'

const browserGlobals = ['window', 'document', 'navigator', 'location', 'localStorage', 'fetch', 'XMLHttpRequest']

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.yarn/**', '**/generated-types.ts'] },
  eslint.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // `as` silences the compiler; a type guard convinces it. (`as const` and `satisfies` stay allowed.)
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error'
    }
  },
  {
    // The shared mapping is pure: no network, no page, no clock. The DOM's types leak in through actions-core's.
    files: ['packages/shared-mapping/src/**/*.ts'],
    ignores: ['**/__tests__/**'],
    rules: {
      'no-restricted-globals': ['error', ...browserGlobals, 'process', 'setTimeout', 'setInterval'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now' }]
    }
  },
  {
    // A file is read in one sitting and a function without scrolling far.
    files: ['packages/*/src/**/*.{ts,tsx}', 'dev/workbench/src/server/**/*.ts'],
    ignores: ['**/__tests__/**', '**/test-support/**'],
    rules: { 'max-lines': ['error', 300], 'max-lines-per-function': ['error', 80] }
  },
  {
    files: ['**/__tests__/**', 'checks/**', '**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off'
    }
  },
  { files: ['scripts/**', 'examples/**', '**/*.mjs'], rules: { 'no-console': 'off' } },
  {
    // The tsconfig.json of an example is for its users, who have the built packages.
    files: ['examples/**/*.ts'],
    languageOptions: { parserOptions: { projectService: false, project: './tsconfig.json' } }
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } }
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      globals: { __dirname: 'readonly', __filename: 'readonly', module: 'writable', require: 'readonly' }
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' }
  }
)
