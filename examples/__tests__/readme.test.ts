import { build } from 'esbuild'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { closeWorkspaces, openWorkspace } from '../test-support/open-workspace'

afterEach(closeWorkspaces)

const ROOT = path.resolve(__dirname, '..', '..')
const REQUIRE = "import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);"

it('delivers with the first code of the delivery README, with an emulator in the place of Intercom', async () => {
  const { emulator, url } = await openWorkspace()
  const readme = readFileSync(path.join(ROOT, 'packages', 'delivery', 'README.md'), 'utf8')
  const [, code = ''] = /^```ts\n([^]*?)^```$/m.exec(readme) ?? []
  const folder = mkdtempSync(path.join(os.tmpdir(), 'readme-'))
  const outfile = path.join(folder, 'readme.mjs')
  await build({
    stdin: { contents: code.replace("region: 'eu'", `restHost: '${url}'`), resolveDir: ROOT, loader: 'ts' },
    outfile,
    tsconfig: path.join(ROOT, 'tsconfig.base.json'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: REQUIRE },
    logLevel: 'silent'
  })
  const { stdout } = await promisify(execFile)(process.execPath, [outfile], { env: { INTERCOM_TOKEN: 'secret-token' } })
  rmSync(folder, { recursive: true })
  expect(stdout).toBe("[ 'delivered', 'delivered' ]\n")
  expect(emulator.state.contacts.map(({ email }) => email)).toEqual(['ada@example.com'])
  expect(emulator.state.events.map(({ event_name }) => event_name)).toEqual(['Board Created'])
})
