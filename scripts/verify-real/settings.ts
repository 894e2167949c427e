/** The settings of a run, from the command line and the environment. */
export interface Settings {
  readonly origin: string
  readonly token: string
  readonly yes: boolean
  readonly eventNames: boolean
  readonly tapeFile: string
}

/** A mistake on the command line. The message is shown to the user. */
export class WrongUse extends Error {}

/** The only hosts that receive a token, in addition to this machine. */
const REGIONS = {
  us: 'https://api.intercom.io',
  eu: 'https://api.eu.intercom.io',
  au: 'https://api.au.intercom.io'
}
const isRegion = (text: string): text is keyof typeof REGIONS => Object.hasOwn(REGIONS, text)

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

export const HELP = `Tests undocumented behaviour of Intercom in a real workspace, and compares it with the emulator.

  INTERCOM_TOKEN=… yarn verify:real [--region us|eu|au] [--yes] [--event-names] [--tape FILE]

  INTERCOM_TOKEN   the access token of a TEST workspace (an option would stay in the history of the shell)
  --region         the region of the workspace; us by default
  --yes            do not ask before writing
  --event-names    also test the 121st event name; it fills the list of names, which you must empty by hand
  --tape FILE      the file for the recorded exchanges; verify-real-tape.json by default
  --host URL       an emulator on this machine instead of Intercom; loopback only
`

/** The origin of a loopback address. No other host is accepted, because it would receive the token. */
const toLoopback = (host: string): string => {
  const url = URL.canParse(host) ? new URL(host) : undefined
  const isOrigin = url?.pathname === '/' && url.search === '' && url.username === '' && url.password === ''
  if (!url || !isOrigin || !['http:', 'https:'].includes(url.protocol) || !LOOPBACK.includes(url.hostname)) {
    throw new WrongUse('--host takes an address of this machine only, such as http://127.0.0.1:4010.')
  }
  return url.origin
}

interface Options {
  region: string
  host: string | undefined
  yes: boolean
  eventNames: boolean
  tapeFile: string
}

const readOptions = (argv: readonly string[]): Options => {
  const options: Options = {
    ...{ region: 'us', host: undefined, yes: false, eventNames: false, tapeFile: 'verify-real-tape.json' }
  }
  const rest = [...argv]
  for (let option = rest.shift(); option !== undefined; option = rest.shift()) {
    if (option === '--yes') options.yes = true
    else if (option === '--event-names') options.eventNames = true
    else if (option === '--region' || option === '--host' || option === '--tape') {
      const value = rest.shift()
      if (value === undefined || value === '' || value.startsWith('--')) throw new WrongUse(`${option} needs a value.`)
      if (option === '--region') options.region = value
      else if (option === '--host') options.host = value
      else options.tapeFile = value
    } else throw new WrongUse('An option is unknown. --help lists the options.')
  }
  return options
}

export const readSettings = (argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Settings => {
  const { region, host, ...rest } = readOptions(argv)
  if (!isRegion(region)) throw new WrongUse('--region is one of us, eu and au.')
  const token = env.INTERCOM_TOKEN?.trim() ?? ''
  if (token === '') throw new WrongUse('INTERCOM_TOKEN is not set: it holds the access token of a test workspace.')
  const origin = host === undefined ? REGIONS[region] : toLoopback(host)
  if (host === undefined && env.CI !== undefined && env.CI !== '' && env.CI !== 'false') {
    throw new WrongUse('This writes to a real workspace, so it does not run in CI.')
  }
  return { origin, token, ...rest }
}
