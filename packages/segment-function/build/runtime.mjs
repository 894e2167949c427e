import { builtinModules, createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { dropProperties, rewrite } from '../../intercom-web/build/without-texts.mjs'

const standIn = (name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url))
const require = createRequire(import.meta.url)
const CORE = path.dirname(path.dirname(require.resolve('@segment/actions-core')))

/** Modules of Node that the runtime of functions has in another form. The others are used by code that is left out. */
const NODE_MODULES = {
  crypto: 'node-crypto',
  perf_hooks: 'node-perf-hooks',
  'timers/promises': 'node-timers-promises'
}

/** Marks what this plugin resolves itself, so that it does not answer its own question. */
const RESOLVED = Symbol('resolved')

/**
 * Replaces what the runtime lacks. Everything else of actions-core and of Node is declared free of side effects, so that
 * esbuild leaves out what only `Destination` needs: its validation, its HTTP client and its event emitters.
 */
export const forFunctions = {
  name: 'for-functions',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^@segment\/actions-core$/ }, () => ({
      path: path.join(CORE, 'esm', 'index.js'),
      sideEffects: false
    }))
    onResolve({ filter: /./ }, async ({ path: from, importer, kind, resolveDir, pluginData }) => {
      const name = from.replace(/^node:/, '')
      const isOfNode = builtinModules.includes(name)
      if (isOfNode && name in NODE_MODULES) return { path: standIn(NODE_MODULES[name]) }
      // Shortens the stack of an error that the mapping kit reads. Without it the stack stays as it is.
      if (from === 'clean-stack') return { path: standIn('no-clean-stack') }
      if (isOfNode) return { path: from, external: true, sideEffects: false }
      if (!importer.startsWith(CORE) || pluginData === RESOLVED) return undefined
      if (from === './liquid-directive') return { path: standIn('no-liquid') }
      const found = await resolve(from, { kind, resolveDir, importer, pluginData: RESOLVED })
      return { ...found, sideEffects: false }
    })
    // They look at the packages around an installed destination; a function has none.
    onResolve({ filter: /\/install-checks\// }, () => ({ path: standIn('no-install-checks') }))
    onResolve({ filter: /^lru-cache$/ }, () => ({ path: standIn('lru-cache') }))
    onResolve({ filter: /\/dynamic-fields$/ }, () => ({ path: standIn('no-choices') }))
    onResolve({ filter: /\/mapping-formats$/ }, () => ({ path: standIn('saved-mappings') }))
    onResolve({ filter: /\/(shared-state|shared-schema|lock-guard)$/ }, () => ({ path: standIn('no-shared-state') }))
  }
}

const FIELD_TEXTS = new Set(['label', 'description', 'choices', 'depends_on', 'defaultObjectUI'])

/** Removes what only the forms of Segment's catalog show. Mappings are checked by the keys of the fields. */
export const withoutFieldTexts = {
  name: 'without-field-texts',
  setup({ onLoad }) {
    onLoad({ filter: /packages.(shared-mapping|intercom-cloud).src.*fields\.ts$/ }, ({ path: file }) =>
      rewrite(file, () => [dropProperties(FIELD_TEXTS)])
    )
  }
}

/** Globals of Node that the runtime may lack. */
export const injectedGlobals = standIn('globals')
