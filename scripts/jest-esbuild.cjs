const { createHash } = require('node:crypto')
const { readFileSync } = require('node:fs')
const { transformSync, version } = require('esbuild')

const SELF = readFileSync(__filename)

/** Compiles a source file for Jest. Test files go through ts-jest, which hoists their `jest.mock` calls. */
module.exports = {
  process: (source, file) => {
    const { code, map } = transformSync(source, {
      loader: file.endsWith('x') ? 'tsx' : 'ts',
      format: 'cjs',
      target: 'node20',
      // Jest runs scripts in a VM, where a native import() is not available.
      supported: { 'dynamic-import': false },
      sourcefile: file,
      sourcemap: true,
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
      jsx: 'automatic',
      jsxImportSource: 'preact'
    })
    return { code, map }
  },
  getCacheKey: (source, file) =>
    createHash('sha256').update(`${version}\0${file}\0${source}`).update(SELF).digest('hex')
}
