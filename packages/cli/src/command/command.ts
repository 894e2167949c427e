import { Command, InvalidArgumentError, Option } from 'commander'
import type { MappingFormat } from '@intercom-destinations/delivery'
import { version } from '../../package.json'
import { DEFAULT_CONCURRENCY, DEFAULT_PORT } from './defaults'
import { REGIONS } from './regions'
import {
  ATTRIBUTES_HELP,
  CHECK_HELP,
  CHECK_MAPPING_HELP,
  DELIVER_HELP,
  EMULATE_HELP,
  MAPPINGS_HELP,
  TRACE_HELP
} from './help'

export interface DeliverArguments {
  readonly files: readonly string[]
  readonly to: string
  readonly region: string
  readonly yes: boolean
  readonly workspace: string | undefined
  readonly mapping: string | undefined
  readonly concurrency: number
  readonly limit: number | undefined
  readonly failed: string | undefined
  /** The address of a Redis; it may contain a password. */
  readonly state: string | undefined
  readonly report: string | undefined
  readonly reportValues: boolean
  /** The module of another destination definition. */
  readonly compare: string | undefined
  readonly restart: boolean
  readonly dryRun: boolean
  readonly json: boolean
}

export interface EmulateArguments {
  readonly port: number
  readonly workspace: string | undefined
  readonly log: boolean
  /** Calls in ten seconds; `undefined` for Intercom's own limit, `Infinity` for none. */
  readonly rateLimit: number | undefined
}

export interface CheckArguments {
  readonly files: readonly string[]
  readonly to: string
  readonly region: string
  readonly workspace: string | undefined
  readonly mapping: string | undefined
  readonly limit: number | undefined
  readonly json: boolean
}

export interface AttributesArguments {
  readonly file: string
  readonly to: string
  readonly region: string
  readonly mapping: string | undefined
  readonly limit: number | undefined
  readonly create: boolean
  readonly yes: boolean
  readonly json: boolean
}

export interface TraceArguments {
  /** The event as JSON, a file with or without an `@` before it, or `-`. */
  readonly event: string
  readonly line: number | undefined
  readonly workspace: string | undefined
  readonly mapping: string | undefined
  readonly stranger: boolean
  readonly json: boolean
}

export interface MappingsArguments {
  readonly file: string
  readonly format: MappingFormat
}

export interface CheckMappingArguments {
  readonly file: string
  readonly json: boolean
}

export interface CommandHandlers {
  readonly onDeliver: (args: DeliverArguments) => Promise<void>
  readonly onCheck: (args: CheckArguments) => Promise<void>
  readonly onEmulate: (args: EmulateArguments) => Promise<void>
  readonly onTrace: (args: TraceArguments) => Promise<void>
  readonly onMappings: (args: MappingsArguments) => Promise<void>
  readonly onCheckMapping: (args: CheckMappingArguments) => Promise<void>
  readonly onAttributes: (args: AttributesArguments) => Promise<void>
  /** The arguments as they were typed: the workbench reads them itself. */
  readonly onWorkbench: (args: readonly string[]) => Promise<void>
}

export interface CommandOutput {
  writeOut(text: string): void
  writeErr(text: string): void
}

/** Those of `MAPPING_FORMATS`, which the help has to name without loading the engine. */
const MAPPING_FORMAT_NAMES = ['saved', 'public-api', 'terraform'] as const satisfies readonly MappingFormat[]
const MAX_PORT = 65_535
const MAX_CONCURRENCY = 100

/** The commands with their arguments, options and help. */
export function createCommand(
  { onAttributes, onCheck, onCheckMapping, onDeliver, onEmulate, onMappings, onTrace, onWorkbench }: CommandHandlers,
  output: CommandOutput
): Command {
  const program = new Command('intercom-destination')
    .description('Delivers files of Segment events to Intercom, through the cloud destination that Segment would run.')
    .version(version)
    .configureOutput(output)
    .exitOverride()
    .showHelpAfterError('Add --help to see how it is used.')
  program
    .command('deliver')
    .description('deliver a file of Segment events, and print a summary of the results')
    .argument(
      '<FILES...>',
      'files, folders or quoted patterns of events: NDJSON, JSON, CSV, gzip; - for standard input'
    )
    .option('-t, --to <TARGET>', 'emulator, intercom, or the http:// address of a running emulator', 'emulator')
    .addOption(new Option('--region <REGION>', 'where the Intercom workspace is').choices(REGIONS).default('auto'))
    .option('-y, --yes', 'deliver to a real workspace without asking', false)
    .option('-w, --workspace <FILE>', 'JSON: the workspace that the built-in emulator serves')
    .option('-m, --mapping <FILE>', "JSON: Segment's subscriptions; the presets by default")
    .option(
      '-c, --concurrency <N>',
      'how many calls to Intercom at once',
      toNumber(1, MAX_CONCURRENCY),
      DEFAULT_CONCURRENCY
    )
    .option('-n, --limit <N>', 'stop after N events', toNumber(1))
    .option('--failed <FILE>', 'where failed lines are kept; beside the input by default')
    .option('--state <URL>', 'redis:// address of what processes share; INTERCOM_STATE by default')
    .option('--report <FILE>', 'write a page about the run: losses by field, reasons, what to do')
    .option('--report-values', 'the report shows one example value of each loss, which is personal data', false)
    .option(
      '--compare <MODULE>',
      'send the events through this destination definition as well, and show the differences'
    )
    .option('--restart', 'deliver everything, including the lines that are done', false)
    .option('--dry-run', 'print the requests instead of delivering', false)
    .option('--json', 'print the summary, or with --dry-run each request, as one JSON object', false)
    .addHelpText('after', DELIVER_HELP)
    .action((files: string[], options: Omit<DeliverArguments, 'files'>) => onDeliver({ ...options, files }))
  program
    .command('check-connection')
    .description(
      'show which workspace a token belongs to, which permissions it lacks, and what a file would need there'
    )
    .argument('[FILES...]', 'events whose attributes and names are compared with the workspace; - reads standard input')
    .option('-t, --to <TARGET>', 'emulator, intercom, or the http:// address of a running emulator', 'emulator')
    .addOption(new Option('--region <REGION>', 'where the Intercom workspace is').choices(REGIONS).default('auto'))
    .option('-w, --workspace <FILE>', 'JSON: the workspace that the built-in emulator serves')
    .option('-m, --mapping <FILE>', "JSON: Segment's subscriptions; the presets by default")
    .option('-n, --limit <N>', 'check the first N events only', toNumber(1))
    .option('--json', 'print it as one JSON object', false)
    .addHelpText('after', CHECK_HELP)
    .action((files: string[], options: Omit<CheckArguments, 'files'>) => onCheck({ ...options, files }))
  addAttributesCommand(program, onAttributes)
  addTraceCommand(program, onTrace)
  program
    .command('emulate')
    .alias('emulator')
    .description('serve an emulated Intercom on this machine until Ctrl-C')
    .option('-p, --port <N>', 'the port; 0 takes a free one', toNumber(0, MAX_PORT), DEFAULT_PORT)
    .option('-w, --workspace <FILE>', 'JSON: its custom attributes, and what it contains from the start')
    .option('--rate-limit <N>', "calls in ten seconds, or none; Intercom's 1667 by default", toRateLimit)
    .option('--log', 'print each request on standard error', false)
    .addHelpText('after', EMULATE_HELP)
    .action((options: EmulateArguments) => onEmulate(options))
  addMappingCommands(program, onMappings, onCheckMapping)
  addWorkbenchCommand(program, onWorkbench)
  return program
}

function addWorkbenchCommand(program: Command, onWorkbench: CommandHandlers['onWorkbench']): void {
  program
    .command('workbench')
    .description('open a page on this machine that shows what becomes of each event')
    // Its options, its help and its errors are those of the workbench.
    .argument('[OPTIONS...]')
    .allowUnknownOption()
    .helpOption(false)
    .usage('[options]')
    .addHelpText('after', '\n"intercom-destination workbench --help" lists them.')
    .action((args: string[]) => onWorkbench(args))
}

function addMappingCommands(
  program: Command,
  onMappings: CommandHandlers['onMappings'],
  onCheckMapping: CommandHandlers['onCheckMapping']
): void {
  program
    .command('mappings')
    .description('check a mapping file, and print it as Segment, its Public API or its Terraform provider takes it')
    .argument('<FILE>', 'JSON: the subscriptions, in any of the formats')
    .addOption(new Option('--format <FORMAT>', 'what to print').choices(MAPPING_FORMAT_NAMES).default('saved'))
    .addHelpText('after', MAPPINGS_HELP)
    .action((file: string, options: Omit<MappingsArguments, 'file'>) => onMappings({ ...options, file }))
  program
    .command('check-mapping')
    .description('say what each mapping of a file does, what it loses, and what is unlike today’s destination')
    .argument('<FILE>', 'JSON: the subscriptions, in any of the formats')
    .option('--json', 'print it as one JSON list', false)
    .addHelpText('after', CHECK_MAPPING_HELP)
    .action((file: string, options: Omit<CheckMappingArguments, 'file'>) => onCheckMapping({ ...options, file }))
}

function addTraceCommand(program: Command, onTrace: CommandHandlers['onTrace']): void {
  program
    .command('trace')
    .description('show what the web destination and the cloud destination make of one event')
    .argument('<EVENT>', 'the event as JSON, a file that contains it, or - for standard input')
    .option('-l, --line <N>', 'its number in the file: the line, the item of a list, the row of a table', toNumber(1))
    .option('-w, --workspace <FILE>', 'JSON: the workspace that is emulated')
    .option('-m, --mapping <FILE>', "JSON: the cloud destination's subscriptions; the presets by default")
    .option('--stranger', 'the workspace does not know the person yet', false)
    .option('--json', 'print it as one JSON object', false)
    .addHelpText('after', TRACE_HELP)
    .action((event: string, options: Omit<TraceArguments, 'event'>) => onTrace({ ...options, event }))
}

function addAttributesCommand(program: Command, onAttributes: CommandHandlers['onAttributes']): void {
  program
    .command('attributes')
    .description('list the custom attributes that a file needs and a workspace lacks, and create them when asked')
    .argument('<FILE>', 'the events; - reads standard input')
    .option('-t, --to <TARGET>', 'intercom, or the http:// address of a running emulator', 'intercom')
    .addOption(new Option('--region <REGION>', 'where the Intercom workspace is').choices(REGIONS).default('auto'))
    .option('-m, --mapping <FILE>', "JSON: Segment's array of subscriptions; the presets by default")
    .option('-n, --limit <N>', 'read the first N events only', toNumber(1))
    .option('--create', 'create them, after a question', false)
    .option('-y, --yes', 'create them in a real workspace without asking', false)
    .option('--json', 'print it as one JSON object', false)
    .addHelpText('after', ATTRIBUTES_HELP)
    .action((file: string, options: Omit<AttributesArguments, 'file'>) => onAttributes({ ...options, file }))
}

function toRateLimit(text: string): number {
  return text === 'none' ? Infinity : toNumber(1)(text)
}

function toNumber(least: number, most: number = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} on` : `${least} to ${most}`
  return (text: string): number => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (number >= least && number <= most) return number
    throw new InvalidArgumentError(`It takes a whole number from ${range}.`)
  }
}
