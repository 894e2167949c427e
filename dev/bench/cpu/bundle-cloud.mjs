import { build } from 'esbuild'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/** Bundles the cloud destination of a checkout. The file lies in this checkout, so that it runs with its actions-core. */
export async function bundleCloud(checkout, outfile) {
  await build({
    absWorkingDir: checkout,
    entryPoints: [path.join('packages', 'intercom-cloud', 'src', 'index.ts')],
    tsconfig: 'tsconfig.base.json',
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['@segment/*'],
    // For a checkout whose dependencies are not installed.
    nodePaths: [modules],
    logLevel: 'error'
  })
}
