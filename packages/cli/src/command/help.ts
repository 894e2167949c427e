/** What `--help` adds to the list of options; 80 columns, because terminals are. */
export const DELIVER_HELP = `
FILE holds Segment events, one JSON object a line, as Segment's storage
destinations, libraries and HTTP API write them: type, userId or anonymousId,
and traits, properties, context, integrations, timestamp, messageId as they
apply. gzip is told by its first bytes. A line that is not JSON, not an event or
longer than 10 MB is reported with its number and skipped.

Each event goes through the real cloud destination with its presets:
  identify -> Identify Contact, group -> Identify Company, track -> Track Event
or with the subscriptions of a mapping file, one call for each that takes it.
Events that none takes are counted and not sent, and so are those whose
integrations switch "Intercom Cloud Mode (Actions)" off. What Segment would
deliver again (429, 5xx, a person not yet there) is tried up to three times
more; when Intercom says how long to wait, everything waits that long.

An event without a timestamp gets its originalTimestamp, sentAt or receivedAt,
whichever can be read first, else the time of this delivery. So does one whose
timestamp cannot be read, and the summary names it as doubtful. Ids that are
numbers keep all their digits. Properties or traits that are an empty list (PHP)
are an empty object, those that are a text are left out, and an identify without
traits gets those of its context.

Order: events that share a userId, an anonymousId or a groupId are delivered in
the order of the file, one after the other. All others run side by side.

Targets:
  emulator   an Intercom emulator inside this process. No account is needed,
             nothing leaves this computer, INTERCOM_ACCESS_TOKEN is never read.
  http://127.0.0.1:PORT
             an emulator that runs already (see "emulate"); this machine only.
             It is given INTERCOM_ACCESS_TOKEN if that is set.
  intercom   the real workspace of INTERCOM_ACCESS_TOKEN. Its name and region
             are shown first, and you are asked, unless --yes is given.

The summary tells apart what was left out (Intercom cannot take it) and what is
doubtful (it was sent, and Intercom may ignore or change it).

Going on after an interruption: while a file (not a pipe) is delivered to
intercom or an address, a journal keeps the numbers of the lines that are done.
The same file, mapping and target go on from there. What was in flight when a
run was killed is sent again, which does no harm: Intercom updates contacts and
companies in place, and takes an event of the same person, name and second for
the same event. Journals are in $XDG_STATE_HOME/intercom-destination/journals,
else in ~/.local/state/…; they hold line numbers and file names, no events and
no token. --restart begins anew. An emulator that was started again is empty, so
everything is delivered to it once more.

A disk that is full or read-only ends the run with a sentence that says what to
do. The line it was about is not taken for done, so nothing is lost.

Failed lines are kept unchanged in FILE.failed.ndjson, which can be delivered
again, and their reasons in FILE.failed.reasons.ndjson, by line number and
without anybody's values. Both appear only when something failed. A line over
10 MB is not copied; its reason says so and names its number.

Mapping file: as Segment keeps it.
  [{ "partnerAction": "trackEvent", "name": "Orders", "enabled": true,
     "subscribe": "type = \\"track\\" and event = \\"Order Completed\\"",
     "mapping": { "event_name": { "@path": "$.event" }, ... } }]
A template holds up to 1,000 characters, a trigger up to 10,000, a mapping up to
100,000, because Segment's own code takes minutes for longer ones.

Workspace file: the custom attributes that the emulated workspace has. Like the
real one it does not take others; they are left out and listed. Without the
option it is a new workspace, which has none.
  {
    "name": "Acme",
    "contactAttributes": [{ "name": "job_title", "data_type": "string" }],
    "companyAttributes": [{ "name": "seats", "data_type": "integer" }]
  }
data_type is one of string, integer, float, boolean, date, datetime. The file
may also say what is there from the start:
    "contacts": [{ "external_id": "u1", "email": "ada@example.com" }],
    "companies": [{ "company_id": "acme", "name": "Acme" }],
    "attachments": [{ "contact": "u1", "company": "acme" }]
and tags, admins, subscriptionTypes, visitors, as the emulator's README says.

--dry-run prints each request (method, path, body), one event after the other,
and touches no network. The answers that decide which request comes next are
the emulator's, so a workspace that knows these people may be sent others.

Exit codes:
  0    everything was delivered
  1    some events were rejected, some lines could not be read, the input broke
       off, or the disk takes no more
  2    the command cannot be carried out as it was typed
  3    Intercom cannot be reached, or does not accept the token (any more)
  70   something unexpected went wrong; the message says what
  130  stopped by Ctrl-C, after the events in flight and with a summary
  143  the same, by a TERM signal

Examples:
  $ intercom-destination deliver events.ndjson
  $ intercom-destination deliver events.ndjson.gz --workspace workspace.json
  $ zcat events-*.gz | intercom-destination deliver -
  $ intercom-destination deliver events.ndjson --dry-run --limit 3
  $ intercom-destination deliver events.ndjson --to http://127.0.0.1:4010
  $ INTERCOM_ACCESS_TOKEN=... intercom-destination deliver events.ndjson \\
      --to intercom --region eu --mapping subscriptions.json
  $ intercom-destination deliver events.ndjson --json | jq .losses
`

export const TRACE_HELP = `
Shows, for the web destination on the left and the cloud destination on the
right: which subscriptions take the event, the payload that the mapping makes of
it, what Intercom is sent (calls of the Messenger, REST requests with the status
of their answer), what is left out, and what is doubtful, with the reasons.

Nothing leaves this computer. The web half runs the real plugin with a recorder
in the place of window.Intercom; there is no page, so what a browser adds by
itself (the boot, cookies, context) is not shown. The cloud half runs the real
destination against the built-in emulator, which knows the person of a track or
group call already, unless --stranger is given.

Examples:
  $ intercom-destination trace '{"type":"track","userId":"u1","event":"Signed Up"}'
  $ intercom-destination trace @event.json --workspace workspace.json
  $ intercom-destination trace events.ndjson --line 12
`

export const EMULATE_HELP = `
Serves Intercom's REST API from memory on 127.0.0.1, for any access token, and
says at the end what it holds. It forgets everything when it ends. It refuses
other hosts and web pages of other origins. A workspace file says what it holds
from the start (see deliver --help).

Like Intercom it takes 1,667 calls in ten seconds and answers others with a 429.
--rate-limit 166 makes it a workspace that lets less through, --rate-limit none
one that turns nobody away.

Examples:
  $ intercom-destination emulate --port 4010 --workspace workspace.json
  $ intercom-destination deliver events.ndjson --to http://127.0.0.1:4010
  $ curl -H 'Authorization: Bearer any' http://127.0.0.1:4010/me
`

export const CHECK_HELP = `
Says which workspace the token opens and where it is hosted, and which scopes of
Intercom's Developer Hub are missing. They are found by reads that do no harm;
whether the token may write cannot be told without writing, and nothing is.

With a FILE, its events go through mapping and destination without reaching the
workspace, and what they would send is held against it: custom attributes that
it does not have, has archived or has with a type that a value does not fit, and
the names of track calls against the 120 that a workspace may have. Names and
counts are shown, no values. FILE, --to, --region and --mapping are those of
"deliver".

Exit codes:
  0    nothing is missing, as far as reading can tell
  1    something is missing, could not be told, or a line could not be read
  2    the command cannot be carried out as it was typed
  3    Intercom cannot be reached, or does not accept the token

Examples:
  $ intercom-destination check-connection events.ndjson -w workspace.json
  $ export INTERCOM_ACCESS_TOKEN=...
  $ intercom-destination check-connection --to intercom
  $ intercom-destination check-connection events.ndjson \\
      --to intercom --region eu --mapping subscriptions.json
`
