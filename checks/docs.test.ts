import { execFileSync } from 'node:child_process'
import { ROOT } from './source-files'

test('the reference and the README’s tables are those of the definitions (`yarn docs` writes them)', () => {
  // In a process of its own: prettier loads its parsers with `import()`, which Jest does not offer.
  const command = ['-T', '-P', 'tsconfig.jest.json', 'scripts/generate-docs.ts', '--check']
  expect(() => execFileSync('node_modules/.bin/ts-node', command, { cwd: ROOT, stdio: 'pipe' })).not.toThrow()
})
