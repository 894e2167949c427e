import { findNeeds } from './attribute-needs'
import { isFine, toFileCheck, type CheckReport } from './check-report'
import { toCheckText } from './check-text'
import { HTTP_STATUS, systemClock, toFields } from '@intercom-destinations/delivery'
import type { CheckArguments } from '../command/command'
import { connectIntercom, openRequestClient, type Connection } from '../target/connected-intercom'
import { ConnectionError } from '../target/connection-error'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { EXIT_CODES } from '../command/exit-codes'
import type { Interruption } from '../command/interruption'
import { readGivenFiles } from '../input/given-files'
import { openSource, type Source } from '../input/open-source'
import { toPrintableJson } from '../text/printable'
import { probeScopes, WRITE_SCOPES } from './scope-probes'
import type { ProcessIo } from '../command/process-io'
import { checkWorkspaceOption, toConnection, toTargetChoice, type TargetChoice } from '../command/target-choice'
import { listWorkspaceAttributes } from './workspace-attributes'
import type { EmulatedWorkspace } from '../input/emulated-workspace'

/** Runs the command `check-connection`: what the token may do, what the workspace has, and what a file needs. Writes nothing. */
export async function runCheck(args: CheckArguments, io: ProcessIo): Promise<void> {
  const interruption = io.watch('Stopping.')
  try {
    await run(args, io, interruption)
  } finally {
    interruption.release()
  }
}

async function run(args: CheckArguments, io: ProcessIo, interruption: Interruption): Promise<void> {
  const { files, to, json } = args
  const choice = toTargetChoice(to)
  checkWorkspaceOption(args.workspace, choice.kind === 'embedded')
  const { subscriptions, workspace } = await readGivenFiles(args, io.report)
  const source = files.length === 0 ? undefined : await openSource(files, io.stdin, interruption.signal)
  for (const one of source?.leftOut ?? []) io.report(one)
  try {
    const { connection, playedBy, close } = await openConnection(choice, args, io.env, workspace)
    const options = { ...args, subscriptions, source, signal: interruption.signal, playedBy }
    const report = await check(connection, options).finally(close)
    const stopped = interruption.code()
    if (stopped === undefined) io.print(json ? `${toPrintableJson(report)}\n` : `${toCheckText(report)}\n`)
    io.setExitCode(
      stopped ?? (report.fine && source?.isIncomplete !== true ? EXIT_CODES.delivered : EXIT_CODES.someRejected)
    )
  } finally {
    source?.close()
  }
}

interface Opened {
  readonly connection: Connection
  readonly playedBy?: string
  readonly close: () => Promise<void>
}

async function openConnection(
  choice: TargetChoice,
  { region }: CheckArguments,
  env: NodeJS.ProcessEnv,
  workspace: EmulatedWorkspace | undefined
): Promise<Opened> {
  if (choice.kind !== 'embedded') {
    return { connection: toConnection(choice, region, env), close: () => Promise.resolve() }
  }
  const target = await openEmbeddedIntercom(workspace)
  const { token, address, playedBy } = target
  return { connection: { token, region: 'auto', address }, playedBy, close: () => target.close() }
}

interface CheckOptions extends Pick<Parameters<typeof findNeeds>[0], 'subscriptions' | 'limit' | 'signal'> {
  readonly source: Source | undefined
  readonly playedBy: string | undefined
}

async function check(
  connection: Connection,
  { source, playedBy, ...needsOptions }: CheckOptions
): Promise<CheckReport> {
  const found = await findWorkspace(connection)
  const { request, host } = openRequestClient(connection)
  const permissions = await probeScopes(request, host)
  const file = source && {
    label: source.label,
    needs: await findNeeds({ source, clock: systemClock, ...needsOptions }),
    there: await listWorkspaceAttributes(request, host)
  }
  const checked = {
    permissions,
    file: file ? toFileCheck(file.label, file.needs, file.there) : null
  }
  return {
    workspace: found?.workspace ?? null,
    region: found?.region ?? null,
    playedBy: playedBy ?? found?.playedBy ?? null,
    ...checked,
    notProbed: WRITE_SCOPES,
    fine: isFine(checked)
  }
}

/** `undefined` when the token may not read its workspace; the probes then report that scope as missing. */
async function findWorkspace(connection: Connection) {
  try {
    return await connectIntercom(connection)
  } catch (error) {
    if (error instanceof ConnectionError && toFields(error.cause).status === HTTP_STATUS.forbidden) return undefined
    throw error
  }
}
