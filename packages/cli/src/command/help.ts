/** The texts of `--help` after the list of options, in the 80 columns of a terminal. */
export const DELIVER_HELP = `
FILES hold Segment events as Segment's storage destinations, libraries and HTTP
API write them: type, userId or anonymousId, and traits, properties, context,
integrations, timestamp, messageId as they apply. Taken are one JSON object a
line (NDJSON), a JSON list, pretty-printed objects, and CSV with a header of
paths, in UTF-8 or UTF-16, plain or gzip. Their first bytes decide, not their
names; a zip, a spreadsheet, an HTML page or an empty file is refused with what
to do. An event that is no JSON, no event or longer than 10 MB is reported with
its number and skipped.

Several files, a folder (with those below it, by name) or a quoted pattern such
as 'logs/*.gz' are one run with one journal. What a folder holds beside events
is named and left out, and the exit code is then 1.

CSV: userId,traits.email,type or userId,event,properties.total:number. Cells are
texts unless the header ends with :number, :boolean or :json; empty cells are
left out. Without a column type, rows are track events if there is a column
event, group calls if there is a column groupId, else identify calls.

Each event goes through the real cloud destination with its presets:
  identify -> Identify Contact, group -> Identify Company, track -> Track Event
or with the subscriptions of a mapping file, one call for each that takes it.
Events that none takes are counted and not sent, and so are those whose
integrations exclude "Intercom Cloud Mode (Actions)". What Segment would retry
(429, 5xx, a person who is not yet in Intercom) is tried up to three more times;
when Intercom specifies how long to wait, everything waits that long.

An event without a timestamp gets the first of originalTimestamp, sentAt and
receivedAt that can be read, or else the time of this delivery. So does an event
whose timestamp cannot be read, and the summary lists it as doubtful. Ids that
are numbers keep all their digits. Properties or traits that are an empty list
(PHP) become an empty object, those that are a text are left out, and an
identify without traits gets those of its context.

Order: events that share a userId, an anonymousId or a groupId are delivered in
the order of the file, one after the other. All others run concurrently.

Targets:
  emulator   an Intercom emulator inside this process. No account is needed,
             nothing leaves this computer, INTERCOM_ACCESS_TOKEN is never read.
  http://127.0.0.1:PORT
             an emulator that runs already (see "emulate"); this machine only.
             INTERCOM_ACCESS_TOKEN is sent to it if it is set.
  intercom   the real workspace of INTERCOM_ACCESS_TOKEN. Its name and region
             are shown first, and you are asked, unless --yes is given.

Several processes: with --state redis://HOST:PORT (rediss:// for TLS), or the
address in INTERCOM_STATE, they share what they know of people and companies,
the rate limit and whose turn it is, so that they act as one. Intercom's ids,
salted hashes and times are stored there for an hour, no address and no token.
For the targets intercom and http:// only. An address with a password belongs
in INTERCOM_STATE, because other users of this machine can see arguments.

The summary separates what was left out (Intercom cannot store it) from what is
doubtful (it was sent, and Intercom may ignore or change it).

Continuing after an interruption: while a file (not a pipe) is delivered to
intercom or an address, a journal keeps the numbers of the lines that are done.
A run with the same file, mapping and target continues there. What was in flight
when a run was killed is sent again, which does no harm: Intercom updates
contacts and companies in place, and stores one event for the same person, name
and second. Journals are in $XDG_STATE_HOME/intercom-destination/journals, or
else in ~/.local/state/…; they contain line numbers and file names, no events
and no token. --restart starts from the beginning. An emulator that was
restarted is empty, so everything is delivered to it again.

A disk that is full or read-only ends the run with a message that says what to
do. The line that could not be recorded does not count as done, so nothing is
lost.

Failed lines are kept in FILE.failed.ndjson, which can be delivered again, and
their reasons in FILE.failed.reasons.ndjson, by file and number and without
values of the events; FILE is the folder or the first file. Lines are kept
unchanged, items of lists and rows of tables as one line of JSON. Both files exist only when something failed. A
line over 10 MB is not copied; its reason says so and has its number.

--report FILE writes one HTML page about the run, which needs no network: what
was left out by field, with the reason, the first place (traits.address, line 7)
and what to do; what was rejected or ignored; the attributes to create; event
names against Intercom's 120; the events over time. It has no values of events,
unless --report-values adds one for each row. After Ctrl-C it shows the part that
was done. It replaces an older report, and no other file.

--compare MODULE sends the same events through another destination definition as
well, with its own actions-core and into a second emulator, and shows both side
by side: requests, refused and ignored events, and fields that differ. Segment's
own definition is @segment/action-destinations/dist/destinations/intercom, where
you have installed it; docs/compare.md has the command.

Mapping file: subscriptions as Segment saves them, its Public API returns them
or its Terraform provider has them (see "mappings --help"). What Segment ignores
without a word, such as the broken half of a trigger, is reported.
  [{ "partnerAction": "trackEvent", "name": "Orders", "enabled": true,
     "subscribe": "type = \\"track\\" and event = \\"Order Completed\\"",
     "mapping": { "event_name": { "@path": "$.event" }, ... } }]
A template has up to 1,000 characters, a trigger up to 10,000, a mapping up to
100,000, because Segment's own code takes minutes for longer ones.

Workspace file: the custom attributes that the emulated workspace has. Like
Intercom it does not accept others; they are left out and listed. Without the
option it is a new workspace, which has none.
  {
    "name": "Acme",
    "contactAttributes": [{ "name": "job_title", "data_type": "string" }],
    "companyAttributes": [{ "name": "seats", "data_type": "integer" }]
  }
data_type is one of string, integer, float, boolean, date, datetime. The file
may also define what the workspace contains from the start:
    "contacts": [{ "external_id": "u1", "email": "ada@example.com" }],
    "companies": [{ "company_id": "acme", "name": "Acme" }],
    "attachments": [{ "contact": "u1", "company": "acme" }]
and tags, admins, subscriptionTypes, visitors, as the emulator's README says.

--dry-run prints each request (method, path, body), one event after the other,
and uses no network. The answers that decide which request comes next are the
emulator's, so a workspace that knows these people may get other requests.

Exit codes:
  0    everything was delivered
  1    some events were rejected, some lines could not be read, the input ended
       too early, or the disk is full
  2    the arguments are wrong
  3    Intercom cannot be reached, or does not accept the token (any more), or
       Redis cannot be used at the start
  70   an unexpected error; the message says which
  130  stopped by Ctrl-C, after the events in flight and with a summary
  143  the same, by a TERM signal

Examples:
  $ intercom-destination deliver events.ndjson
  $ intercom-destination deliver events.ndjson.gz --workspace workspace.json
  $ intercom-destination deliver logs/ people.csv 'archive/*.gz'
  $ zcat events-*.gz | intercom-destination deliver -
  $ intercom-destination deliver events.ndjson --dry-run --limit 3
  $ intercom-destination deliver events.ndjson --to http://127.0.0.1:4010
  $ INTERCOM_ACCESS_TOKEN=... intercom-destination deliver events.ndjson \\
      --to intercom --region eu --mapping subscriptions.json
  $ intercom-destination deliver events.ndjson --json | jq .losses
  $ intercom-destination deliver events.ndjson --report report.html \\
      --compare @segment/action-destinations/dist/destinations/intercom
`

export const TRACE_HELP = `
Shows, for the web destination on the left and the cloud destination on the
right: which subscriptions take the event, the payload of the mapping, what
Intercom receives (calls of the Messenger, REST requests with the status of the
answer), what is left out, and what is doubtful, with the reasons.

Nothing leaves this computer. The web half runs the real plugin with a recorder
in the place of window.Intercom; there is no page, so what a browser adds by
itself (the boot, cookies, context) is not shown. The cloud half runs the real
destination against the built-in emulator, which knows the person of a track or
group call already, unless --stranger is given.

Examples:
  $ intercom-destination trace '{"type":"track","userId":"u1","event":"Signed Up"}'
  $ intercom-destination trace event.json --workspace workspace.json
  $ intercom-destination trace events.ndjson --line 12
`

export const MAPPINGS_HELP = `
Reads subscriptions in each of these formats, alone, in a list or in an answer:
  saved       as Segment saves them: partnerAction, subscribe, mapping
  public-api  as its Public API returns them: actionSlug or actionId, trigger,
              settings; an answer of listSubscriptionsFromDestination as it is
  terraform   segment_destination_subscription in JSON: a .tf.json file, a state
              or the output of "terraform show -json", settings as JSON text
"deliver", "check-connection" and the workbench read them, too. An id of an
action says what the action is only if its settings fit a single one; otherwise
add "actionSlug". The Terraform file that is printed takes the ids of the
actions from a variable.

What Segment ignores without a word is reported on standard error, with its
place: a part of a trigger, a blank in a path, a template in a plain text.

Exit codes:
  0    the file is fine
  1    something in it would be ignored
  2    it cannot be read, or the arguments are wrong

Examples:
  $ intercom-destination mappings subscriptions.json
  $ intercom-destination mappings subscriptions.json --format terraform
`

export const CHECK_MAPPING_HELP = `
Reads the same formats as "mappings", with mappings of Intercom Web (Actions) and
of Intercom Cloud Mode (Actions) in one file. For each mapping it prints its
destination, the trigger, the fields with where their values come from, and

  what is lost     what Segment ignores without a word, and what Intercom cannot
                   store of a sample event that has a fitting value wherever the
                   mapping reads one
  what arrives twice
                   events of pages that a mapping of the web destination writes
                   as well, where the file has the mappings of both
  what is unlike today's destination
                   docs/migration.md has the reasons

The sample event goes to the built-in emulator, or through the plugin of a page.
No network and no token is used. A row of another destination, or with a fault,
is named with what to do, and the others are checked.

Exit codes:
  0    no mapping loses a value by itself
  1    something is lost or arrives twice, or a row cannot be used
  2    the file cannot be read, or the arguments are wrong

Examples:
  $ intercom-destination check-mapping subscriptions.json
`

export const EMULATE_HELP = `
Serves Intercom's REST API from memory on 127.0.0.1, for any access token, and
prints at the end what it contains. Everything is gone when it ends. It refuses
other hosts and web pages of other origins. A workspace file defines what it
contains from the start (see deliver --help).

Like Intercom it accepts 1,667 calls in ten seconds and answers others with 429.
--rate-limit 166 sets a lower limit, --rate-limit none sets no limit.

Examples:
  $ intercom-destination emulate --port 4010 --workspace workspace.json
  $ intercom-destination deliver events.ndjson --to http://127.0.0.1:4010
  $ curl -H 'Authorization: Bearer any' http://127.0.0.1:4010/me
`

export const CHECK_HELP = `
Shows which workspace the token belongs to and where it is hosted, and which
scopes of Intercom's Developer Hub are missing. It only reads; whether the token
may write cannot be found out without writing, so that is not checked.

With FILES, their events go through mapping and destination without reaching the
workspace, and what they would send is compared with it: custom attributes that
it does not have, has archived or has with a type that a value does not fit, and
the number of event names with the 120 that a workspace may have. Names and
counts are shown, no values. FILES, --to, --region and --mapping are those of
"deliver".

Exit codes:
  0    nothing is missing, as far as reads can show
  1    something is missing or unknown, or a line could not be read
  2    the arguments are wrong
  3    Intercom cannot be reached, or does not accept the token

Examples:
  $ intercom-destination check-connection events.ndjson -w workspace.json
  $ export INTERCOM_ACCESS_TOKEN=...
  $ intercom-destination check-connection --to intercom
  $ intercom-destination check-connection events.ndjson \\
      --to intercom --region eu --mapping subscriptions.json
`

export const ATTRIBUTES_HELP = `
Shows which custom attributes the events would send and the workspace does not
have, with the type that takes every value of the file: string, float, boolean,
date or datetime. Nothing is created without --create, which shows the list and
asks first. The type of an attribute cannot be changed later, and Intercom only
archives attributes, so look through the list.

Numbers become float, because a fraction may follow a whole number. An attribute
is a date only if its name says so (trial_ends_at) and its values are dates.
FILE, --region and --mapping are those of "deliver".

Exit codes:
  0    the workspace has every attribute, or all were created
  1    some are missing, or were refused
  2    the arguments are wrong, or the answer was not yes
  3    Intercom cannot be reached, or does not accept the token

Examples:
  $ export INTERCOM_ACCESS_TOKEN=...
  $ intercom-destination attributes events.ndjson
  $ intercom-destination attributes events.ndjson --create
  $ intercom-destination attributes events.ndjson \\
      --to http://127.0.0.1:4010 --create
`
