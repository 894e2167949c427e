import { systemClock } from '@intercom-destinations/delivery'
import { findNeeds } from '../check/attribute-needs'
import { listWorkspaceAttributes } from '../check/workspace-attributes'
import type { AttributesArguments } from '../command/command'
import { confirm } from '../command/confirmation'
import { EXIT_CODES } from '../command/exit-codes'
import type { Interruption } from '../command/interruption'
import type { ProcessIo } from '../command/process-io'
import { toConnection, toTargetChoice } from '../command/target-choice'
import { UsageError } from '../command/usage-error'
import { readMappingFile } from '../input/mapping-file'
import { openSource } from '../input/open-source'
import { connectIntercom, openRequestClient } from '../target/connected-intercom'
import { ConnectionError } from '../target/connection-error'
import { printable, toPrintableJson } from '../text/printable'
import { createAttributes } from './create-attributes'
import { toAttributesText } from './attributes-text'
import { toMissing } from './missing'

/** Runs the command `attributes`: lists what a file needs and a workspace lacks, and creates it when asked. */
export async function runAttributes(args: AttributesArguments, io: ProcessIo): Promise<void> {
  const interruption = io.watch('Stopping after the attribute that is being created.')
  try {
    await run(args, io, interruption)
  } finally {
    interruption.release()
  }
}

async function run(args: AttributesArguments, io: ProcessIo, interruption: Interruption): Promise<void> {
  const { signal } = interruption
  const choice = toTargetChoice(args.to)
  if (choice.kind === 'embedded') {
    throw new UsageError('attributes needs a workspace: --to intercom, or the http:// address of a running emulator.')
  }
  const connection = toConnection(choice, args.region, io.env)
  const subscriptions = args.mapping === undefined ? undefined : await readMappingFile(args.mapping, io.report)
  const source = await openSource([args.file], io.stdin, signal)
  for (const one of source.leftOut) io.report(one)
  try {
    const target = await connectIntercom(connection)
    const client = openRequestClient(connection)
    const needs = await findNeeds({
      source,
      clock: systemClock,
      subscriptions,
      signal,
      limit: args.limit
    })
    const there = await listWorkspaceAttributes(client.request, client.host)
    if (there === undefined) {
      throw new ConnectionError(
        'Intercom does not list the attributes of the workspace: the token lacks the permission.'
      )
    }
    const missing = toMissing(needs.attributes, there)
    const report = { workspace: target.workspace, region: target.region, missing }
    if (!args.create || missing.length === 0 || signal.aborted) {
      io.print(args.json ? `${toPrintableJson(report)}\n` : `${toAttributesText(report)}\n`)
      io.setExitCode(interruption.code() ?? (missing.length === 0 ? EXIT_CODES.delivered : EXIT_CODES.someRejected))
      return
    }
    io.report(toAttributesText(report))
    if (!args.yes && choice.kind === 'intercom') {
      const terminal = { input: io.stdin, output: io.stderr }
      await confirm(`Create them in the workspace ${printable(target.workspace)} for good?`, terminal, signal)
    }
    const created = await createAttributes(missing, client, signal)
    io.print(args.json ? `${toPrintableJson({ ...report, created })}\n` : created.map(toCreatedLine).join(''))
    const isDone = created.length === missing.length && created.every(({ result }) => result !== 'refused')
    io.setExitCode(interruption.code() ?? (isDone ? EXIT_CODES.delivered : EXIT_CODES.someRejected))
  } finally {
    source.close()
  }
}

const toCreatedLine = ({ model, name, type, result, reason }: Awaited<ReturnType<typeof createAttributes>>[number]) =>
  `${model} ${printable(name)} (${type}): ${result}${reason === undefined ? '' : `, ${printable(reason)}`}\n`
