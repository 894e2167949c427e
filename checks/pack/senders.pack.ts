import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buildSync } from 'esbuild'
import { emptyProject, inInstalledTools, installByNpm, parsed, run, runScript, tarball, YARN } from './support'

/**
 * The sender and the command line bring everything with them, so they do the same under every package manager, beside any
 * other copy of what they include, and in every Node that is supported.
 */

const BODY = `
  const timestamp = '2024-01-02T03:04:05Z'
  async function main() {
    const emulator = createEmulator({ token: 'token' })
    const { url, close } = await serve(emulator)
    const sender = createSender({ token: 'token', restHost: url })
    const verdicts = await sender.send([
      { type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada' } },
      { type: 'track', userId: 'u1', timestamp, properties: {} },
      { type: 'page', userId: 'u1', timestamp }
    ])
    await sender.close()
    await close()
    const contacts = emulator.state.contacts.map(({ external_id, name }) => [external_id, name])
    console.log(JSON.stringify({ verdicts: verdicts.map(({ status }) => status), contacts }))
  }
  main()
`
const DELIVERED = { verdicts: ['delivered', 'rejected', 'ignored'], contacts: [['u1', 'Ada']] }

const ESM: readonly [string, string] = [
  'server.mjs',
  `import { createSender } from '@intercom-destinations/delivery'
  import { createEmulator, serve } from '@intercom-destinations/emulator'
  ${BODY}`
]
const COMMON_JS: readonly [string, string] = [
  'server.cjs',
  `const { createSender } = require('@intercom-destinations/delivery')
  const { createEmulator, serve } = require('@intercom-destinations/emulator')
  ${BODY}`
]

const OURS = ['delivery', 'emulator', 'cli']
const EVENT = { type: 'identify', userId: 'u1', messageId: 'm1', timestamp: '2024-01-02T03:04:05Z', traits: {} }
const COMMAND = path.join('node_modules', '.bin', 'intercom-destination')

async function expectDelivery(project: string, node?: string): Promise<void> {
  for (const script of [ESM, COMMON_JS]) {
    const ran = await runScript(project, script, node === undefined ? {} : { node })
    expect([script[0], parsed(ran), ran.stderr]).toEqual([script[0], DELIVERED, ''])
  }
}

async function expectCommand(project: string): Promise<void> {
  await writeFile(path.join(project, 'events.ndjson'), `${JSON.stringify(EVENT)}\n`)
  const { stdout } = await run(project, COMMAND, ['deliver', 'events.ndjson', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ events: { delivered: 1, rejected: 0 } })
}

describe('npm', () => {
  let project = ''
  beforeAll(async () => {
    project = await installByNpm(OURS.map(tarball))
  })

  test('installs the sender and the command line, and nothing else', () => {
    expect(readdirSync(path.join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      '@intercom-destinations'
    ])
  })

  test.each([
    ['this Node', process.execPath],
    ['Node 22', inInstalledTools('node22', 'bin', 'node')],
    ['Node 24', inInstalledTools('node24', 'bin', 'node')]
  ])('delivers under %s', async (_name, node) => {
    await expectDelivery(project, node)
    const { stdout } = await run(project, node, [
      path.join('node_modules', '@intercom-destinations', 'cli', 'dist', 'bin.js'),
      'trace',
      JSON.stringify(EVENT)
    ])
    expect(stdout).toContain("Intercom('update')")
    expect(stdout).toContain('POST /contacts')
  })

  test('has a command line that delivers a file', () => expectCommand(project))

  test.each(['esm', 'cjs'] as const)('delivers when esbuild has bundled it as %s', async (format) => {
    const file = format === 'esm' ? 'bundle.mjs' : 'bundle.cjs'
    await writeFile(path.join(project, 'entry.mjs'), ESM[1])
    buildSync({
      entryPoints: [path.join(project, 'entry.mjs')],
      outfile: path.join(project, file),
      bundle: true,
      platform: 'node',
      format,
      // The usual banner of such bundles, for what the emulator requires.
      ...(format === 'esm' && {
        banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
      }),
      logLevel: 'error'
    })
    // Outside of node_modules Node warns of what is deprecated: 24 of `url.parse`, which node-fetch in actions-core calls.
    const { stdout, stderr } = await run(project, inInstalledTools('node22', 'bin', 'node'), [file])
    expect([JSON.parse(stdout), stderr]).toEqual([DELIVERED, ''])
  })
})

test('npm beside fastify 5, whose fast-uri refuses the destination’s name', async () => {
  const project = await installByNpm(['fastify@5.12.8'])
  await installByNpm([...OURS, 'intercom-cloud'].map(tarball), project)
  await installByNpm(['@segment/actions-core@3.170.0'], project)
  await expectDelivery(project)
  await expectCommand(project)
  // The destination alone runs in a host's actions-core, and says what is wrong with its ajv.
  const { stderr } = await runScript(project, ['cloud.cjs', "require('@intercom-destinations/intercom-cloud')"])
  expect(stderr).toContain('INTERCOM_FAST_URI')
})

test('pnpm 9', async () => {
  const project = await emptyProject()
  await run(project, process.execPath, [inInstalledTools('pnpm', 'bin', 'pnpm.cjs'), 'add', ...OURS.map(tarball)])
  await expectDelivery(project)
  await expectCommand(project)
})

test('yarn 1', async () => {
  const project = await emptyProject()
  const cache = path.join(project, 'cache')
  const args = ['add', '--no-lockfile', '--cache-folder', cache, ...OURS.map((name) => `file:${tarball(name)}`)]
  await run(project, process.execPath, [inInstalledTools('yarn1', 'bin', 'yarn.js'), ...args])
  await expectDelivery(project)
  await expectCommand(project)
})

describe.each([
  ['node-modules', 'nodeLinker: node-modules\n'],
  ['PnP', 'nodeLinker: pnp\npnpEnableEsmLoader: true\n']
])('yarn 4 with %s', (_name, settings) => {
  test('delivers', async () => {
    const dependencies = Object.fromEntries(
      OURS.map((name) => [`@intercom-destinations/${name}`, `file:${tarball(name)}`])
    )
    const project = await emptyProject({ dependencies })
    await writeFile(
      path.join(project, '.yarnrc.yml'),
      `${settings}enableTelemetry: false\nenableImmutableInstalls: false\n`
    )
    await writeFile(path.join(project, 'yarn.lock'), '')
    await run(project, process.execPath, [YARN, 'install'])
    for (const [file, source] of [ESM, COMMON_JS]) {
      await writeFile(path.join(project, file), source)
      const { stdout } = await run(project, process.execPath, [YARN, 'node', file])
      expect(JSON.parse(stdout)).toEqual(DELIVERED)
    }
    const { stdout } = await run(project, process.execPath, [YARN, 'intercom-destination', '--version'])
    expect(stdout.trim()).toBe(versionOf('cli'))
  })
})

function versionOf(name: string): unknown {
  const manifest: unknown = JSON.parse(
    readFileSync(path.join(__dirname, '..', '..', 'packages', name, 'package.json'), 'utf8')
  )
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined
}
