import { execFileSync } from 'node:child_process'
import { ROOT } from './source-files'

/** In a process of its own: the generators load prettier with `import()`, which Jest does not offer. */
function check(script: string): () => void {
  const command = ['-T', '-P', 'tsconfig.jest.json', `scripts/${script}.ts`, '--check']
  return () => void execFileSync('node_modules/.bin/ts-node', command, { cwd: ROOT, stdio: 'pipe' })
}

test('the payload types that actions compile against are those of their fields (`yarn types` writes them)', () => {
  expect(check('generate-types')).not.toThrow()
})

test('the reference describes the fields as the definitions have them (`yarn docs` writes them)', () => {
  expect(check('generate-docs')).not.toThrow()
})
