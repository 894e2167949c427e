import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { emptyProject, inInstalledTools, installByNpm, parsed, run, runScript, tarball, YARN } from './support'

/**
 * intercom-cloud runs in the actions-core of its host. A failed event of a batch must have its own status there: where
 * there are two copies, the host takes it for delivered.
 */

/** Intercom takes two events of three. Prints the statuses that the host sees. */
const BATCH = (load = "'@intercom-destinations/intercom-cloud'") => `
  const { createServer } = require('node:http')
  const { Destination } = require('@segment/actions-core')
  const { intercomCloud } = require(${load})
  const refusal = { type: 'error.list', errors: [{ code: 'parameter_invalid', message: 'refused' }] }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => { body += chunk })
    request.on('end', () => {
      if (!body.includes('Refused')) response.writeHead(202).end()
      else response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify(refusal))
    })
  })
  server.listen(0, '127.0.0.1', async () => {
    const definition = intercomCloud({ restHost: 'http://127.0.0.1:' + server.address().port })
    const event = (name) => ({ type: 'track', event: name, userId: 'u1', timestamp: '2024-01-02T03:04:05Z', properties: {} })
    const results = await new Destination(definition).executeBatch('trackEvent', {
      events: [event('Opened'), event('Refused'), event('Closed')],
      mapping: definition.presets.find(({ partnerAction }) => partnerAction === 'trackEvent').mapping,
      settings: {},
      auth: { accessToken: 'token' }
    })
    server.close()
    console.log(JSON.stringify(results.map(({ status }) => status)))
  })
`
const RAN = [200, 422, 200]

const CLOUD = tarball('intercom-cloud')
const MIDDLE = '3.158.0'

let middle = ''
let newest = ''

test('the oldest actions-core of the range, and the older lru-cache', async () => {
  const project = await installByNpm([CLOUD, '@segment/actions-core@3.153.0', 'lru-cache@10.4.3'])
  expect(parsed(await runScript(project, ['batch.cjs', BATCH()]))).toEqual(RAN)
})

test('an actions-core between', async () => {
  middle = await installByNpm([CLOUD, `@segment/actions-core@${MIDDLE}`])
  expect(parsed(await runScript(middle, ['batch.cjs', BATCH()]))).toEqual(RAN)
})

test('the newest actions-core, which npm installs by itself', async () => {
  newest = await installByNpm([CLOUD])
  const { stdout, stderr } = await runScript(newest, ['batch.cjs', BATCH()])
  expect(JSON.parse(stdout)).toEqual(RAN)
  expect(stderr).toBe('')
})

test('a host with another copy of actions-core is told, and how to have one', async () => {
  const elsewhere = path.join(newest, 'node_modules', '@intercom-destinations', 'intercom-cloud')
  const { stderr } = await runScript(middle, ['two.cjs', `require(${JSON.stringify(elsewhere)})`])
  expect(stderr).toContain('INTERCOM_TWO_CORES')
  expect(stderr).toContain(`the program that runs it ${MIDDLE}`)
})

describe('package managers that install the newest fast-uri, with the remedy that the warning names', () => {
  const pin = { 'fast-uri': '3.1.5' }
  const core = '@segment/actions-core@3.170.0'

  test('pnpm 9', async () => {
    const project = await emptyProject({ pnpm: { overrides: pin } })
    const pnpm = inInstalledTools('pnpm', 'bin', 'pnpm.cjs')
    await run(project, process.execPath, [pnpm, 'add', core, CLOUD])
    const { stdout, stderr } = await runScript(project, ['batch.cjs', BATCH()])
    expect([JSON.parse(stdout), stderr]).toEqual([RAN, ''])
  })

  test('yarn 1', async () => {
    const project = await emptyProject({ resolutions: pin })
    const { stdout: registry } = await run(project, 'npm', ['config', 'get', 'registry'])
    const args = ['add', '--no-lockfile', '--registry', registry.trim(), core, `file:${CLOUD}`]
    await run(project, process.execPath, [inInstalledTools('yarn1', 'bin', 'yarn.js'), ...args])
    const { stdout, stderr } = await runScript(project, ['batch.cjs', BATCH()])
    expect([JSON.parse(stdout), stderr]).toEqual([RAN, ''])
  })

  // actions-core does not declare liquidjs, which PnP refuses.
  test('yarn 4 with PnP', async () => {
    const dependencies = {
      '@intercom-destinations/intercom-cloud': `file:${CLOUD}`,
      '@segment/actions-core': '3.170.0'
    }
    const project = await emptyProject({ dependencies, resolutions: pin })
    const settings = ['nodeLinker: pnp', 'enableTelemetry: false', 'enableImmutableInstalls: false']
    const undeclared = [
      'packageExtensions:',
      '  "@segment/actions-core@*":',
      '    dependencies:',
      '      liquidjs: "^10.27.2"',
      ''
    ]
    await writeFile(path.join(project, '.yarnrc.yml'), [...settings, ...undeclared].join('\n'))
    await writeFile(path.join(project, 'yarn.lock'), '')
    await writeFile(path.join(project, 'batch.cjs'), BATCH())
    const { stdout: registry } = await run(project, 'npm', ['config', 'get', 'registry'])
    const env = { ...process.env, YARN_NPM_REGISTRY_SERVER: registry.trim().replace(/\/$/, '') }
    await run(project, process.execPath, [YARN, 'install'], env)
    const { stdout, stderr } = await run(project, process.execPath, [YARN, 'node', 'batch.cjs'])
    expect([JSON.parse(stdout), stderr]).toEqual([RAN, ''])
  })
})
