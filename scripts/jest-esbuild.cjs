const { createHash } = require('node:crypto')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { transformSync, version } = require('esbuild')
const { version: hoistingVersion } = require('ts-jest/package.json')

const SELF = readFileSync(__filename)
/** Calls that have to stand above the imports, which ts-jest sees to. esbuild takes a fiftieth of its time. */
const IS_HOISTED = /\bjest\.(mock|unmock)\(/

let hoisting
function compileWithHoisting(source, file, options) {
  const tsconfig = path.join(__dirname, '..', 'tsconfig.jest.json')
  hoisting ??= require('ts-jest').default.createTransformer({ tsconfig })
  return hoisting.process(source, file, options)
}

/** Compiles a file for Jest. */
module.exports = {
  process: (source, file, options) => {
    if (IS_HOISTED.test(source)) return compileWithHoisting(source, file, options)
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
    createHash('sha256').update(`${version}\0${hoistingVersion}\0${file}\0${source}`).update(SELF).digest('hex')
}
