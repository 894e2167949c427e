import { Command, InvalidArgumentError } from 'commander'
import { version } from '../package.json'

export interface DeliverArguments {
  readonly file: string
  readonly workspace: string | undefined
  readonly mapping: string | undefined
  readonly limit: number | undefined
  readonly json: boolean
}

export interface CommandOutput {
  writeOut(text: string): void
  writeErr(text: string): void
}

const DETAILS = `
FILE holds Segment events, one JSON object a line, as Segment's libraries and
its HTTP API send them: type, userId or anonymousId, and traits, properties,
context, integrations, timestamp, messageId as they apply. A line that is not
JSON, not an event or longer than 10 MB is reported with its number and skipped.

Each event goes through the real cloud destination with its presets:
  identify -> Identify Contact, group -> Identify Company, track -> Track Event
Page, screen and alias calls have no preset, so they are counted and not sent.
An event whose integrations switch "Intercom Cloud Mode (Actions)" off is not
sent either. An event without a timestamp gets its originalTimestamp, sentAt or
receivedAt, else the time of this delivery. What Segment would deliver again
(429, 5xx, a person not yet there) is tried up to three times more.

Everything goes to an Intercom emulator inside this process. No account is
needed, nothing leaves this computer, and INTERCOM_ACCESS_TOKEN is never read.

Workspace file: the custom attributes that the emulated workspace has. Like the
real one it does not take others; they are left out and listed. Without the
option it is a new workspace, which has none.
  {
    "name": "Acme",
    "contactAttributes": [{ "name": "job_title", "data_type": "string" }],
    "companyAttributes": [{ "name": "seats", "data_type": "integer" }]
  }
data_type is one of string, integer, float, boolean, date, datetime.

Exit codes:
  0    everything was delivered
  1    some events were rejected, or some lines could not be read
  2    the command cannot be carried out as it was typed
  3    Intercom cannot be reached
  70   something unexpected went wrong; the message says what
  130  stopped by Ctrl-C, after the event in flight and with a summary
  143  the same, by a TERM signal

Examples:
  $ intercom-destination deliver events.ndjson
  $ intercom-destination deliver events.ndjson --workspace workspace.json
  $ zcat events-*.gz | intercom-destination deliver -
  $ intercom-destination deliver events.ndjson --json | jq .losses
`

/** The command line: what may be typed, and what it means. */
export function createCommand(onDeliver: (typed: DeliverArguments) => Promise<void>, output: CommandOutput): Command {
  const program = new Command('intercom-destination')
    .description('Delivers files of Segment events to Intercom, through the cloud destination that Segment would run.')
    .version(version)
    .configureOutput(output)
    .exitOverride()
    .showHelpAfterError('Add --help to see how it is used.')
  program
    .command('deliver')
    .description('deliver a file of Segment events to the built-in Intercom emulator and sum up what became of them')
    .argument('<FILE>', 'the events, one JSON object a line; - reads standard input')
    .option('-w, --workspace <FILE>', 'JSON: the custom attributes that the emulated workspace has')
    .option('-m, --mapping <FILE>', "JSON: Segment's array of subscriptions; the presets without it")
    .option('-n, --limit <N>', 'stop after N events', toLimit)
    .option('--json', 'print the summary as one JSON object')
    .addHelpText('after', DETAILS)
    .action(async (file: string, options: { workspace?: string; mapping?: string; limit?: number; json?: true }) => {
      const { workspace, mapping, limit, json = false } = options
      await onDeliver({ file, workspace, mapping, limit, json })
    })
  return program
}

function toLimit(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It takes a whole number from 1 on.')
  return Number(text)
}
