// Writes examples/saas-week.ndjson: one week of a small, invented SaaS company. It is seeded, so the output is always the
// same. `node scripts/generate-example-week.mjs` writes the file, `… -` prints it instead.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const SEED = 20261109
const MONDAY = Date.UTC(2026, 10, 9)
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const APP = 'https://app.plankhouse.example'
const SITE = 'https://www.plankhouse.example'

/** Mulberry32: the same numbers on every machine. */
function createRandom(seed) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low, high) => low + Math.floor(next() * (high - low + 1))
  return {
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[between(0, list.length - 1)],
    hex: (length) => Array.from({ length }, () => between(0, 15).toString(16)).join('')
  }
}

/** Existing customers, and three that sign up this week (`joins`: the day of the week, Monday is 0). */
const COMPANIES = [
  {
    id: 'co_oxbow',
    domain: 'oxbow-cycles.example',
    traits: { name: 'Oxbow Cycles', employees: 34, industry: 'Manufacturing', plan: 'team', monthly_spend: 240 },
    since: '2024-03-18T09:12:00Z',
    region: 'eu',
    people: ['Mara Lindqvist', 'Tobias Renner', 'Ines Carvalho', 'Jonas Veld', 'Petra Hlavac', 'Owen Tarrant']
  },
  {
    id: 'co_lumen',
    domain: 'lumenstreet.example',
    traits: { name: 'Lumen Street Studio', employees: 12, industry: 'Design', plan: 'team', monthly_spend: 96 },
    since: '2025-01-27T14:40:00Z',
    region: 'eu',
    people: ['Aiko Merten', 'Dario Falk', 'Selma Brandt', 'Nuno Prates', 'Yara Osei']
  },
  {
    id: 'co_harbour',
    domain: 'harbour-dental.example',
    // The CRM exports a range; Intercom expects one number.
    traits: { name: 'Harbour Dental', employees: '11-50', industry: 'Health', plan: 'starter', monthly_spend: 49 },
    since: '2025-06-02T08:05:00Z',
    region: 'us',
    people: ['Celia Munroe', 'Grant Oyelaran', 'Wanda Pike', 'Luis Ferreira']
  },
  {
    id: 'co_tallgrass',
    domain: 'tallgrass.example',
    traits: { name: 'Tallgrass Surveying', employees: 58, industry: 'Surveying', plan: 'business', monthly_spend: 780 },
    since: '2023-11-06T16:30:00Z',
    region: 'us',
    people: ['Noor Haddad', 'Emmett Sorley', 'Bianca Rusu', 'Kofi Amponsah', 'Hanne Dahl', 'Ravi Kestrel', 'Joan Abara']
  },
  {
    id: 'co_pebble',
    domain: 'pebble-freight.example',
    traits: { name: 'Pebble Freight', employees: 140, industry: 'Logistics', plan: 'business', monthly_spend: 1260 },
    since: '2022-08-22T07:55:00Z',
    region: 'au',
    people: [
      'Iris Tamura',
      'Callum Wray',
      'Thandi Mokoena',
      'Felix Arnaud',
      'Mei Sandoval',
      'Stefan Kroll',
      'Lotte Vink'
    ]
  },
  {
    id: 'co_fennel',
    domain: 'fennelandrye.example',
    traits: { name: 'Fennel & Rye', employees: 9, industry: 'Food', plan: 'trial' },
    joins: 0,
    upgrade: { plan: 'starter', revenue: 49, currency: 'EUR' },
    region: 'eu',
    people: ['Agnes Rowntree', 'Pavel Simko', 'Leila Nassar', 'Bram Oost']
  },
  {
    id: 'co_marrow',
    domain: 'marrowfilms.example',
    traits: { name: 'Marrow Films', employees: 21, industry: 'Media', plan: 'trial' },
    joins: 1,
    upgrade: { plan: 'team', revenue: '129.00', currency: 'usd' },
    region: 'us',
    people: ['Dorothea Quill', 'Sanjay Moor', 'Vera Lisboa', 'Eamon Grady', 'Tuva Strand']
  },
  {
    id: 'co_anchor',
    domain: 'quillandanchor.example',
    traits: { name: 'Quill & Anchor', employees: 6, industry: 'Publishing', plan: 'trial' },
    joins: 3,
    // An intended mistake: an amount as the shop formats it.
    upgrade: { plan: 'starter', revenue: '$19.99', currency: 'USD' },
    region: 'us',
    people: ['Hester Vane', 'Milo Okafor', 'Greta Sund']
  }
]

/** Typical mistakes of tracking code, each for one person. */
const MISTAKES = {
  'Wanda Pike': { email: 'not-an-email' },
  'Bram Oost': { createdAt: 'yesterday' },
  'Kofi Amponsah': { avatar: 'me.png' },
  'Nuno Prates': { utm_source: 'newsletter' },
  'Stefan Kroll': { company: 'Pebble Freight Brisbane' },
  'Iris Tamura': { address: { street: '4 Jetty Road', city: 'Fremantle', country: 'AU' } },
  'Hanne Dahl': { phone: '+1 555 0142', address: { city: 'Duluth', country: 'US' } },
  'Sanjay Moor': { skills: ['editing', 'grading'] }
}

const JOB_TITLES = [
  'Operations Lead',
  'Project Manager',
  'Designer',
  'Office Manager',
  'Surveyor',
  'Dispatcher',
  'Producer'
]
const REFERRALS = ['search', 'friend', 'podcast', 'conference']
const ACCOUNT_MANAGERS = ['Ruth Ellery', 'Sam Otieno']
const TIMEZONES = { eu: 'Europe/Lisbon', us: 'America/Chicago', au: 'Australia/Perth' }
const INTEGRATIONS = ['Calendar', 'Chat', 'File Storage', 'Time Sheets']

const random = createRandom(SEED)
const timeline = []

function peopleOf(company) {
  return company.people.map((name, index) => {
    const [first, last] = name.toLowerCase().split(' ')
    return {
      name,
      company,
      id: `usr_${first}_${last}`,
      anonymousId: `anon-${random.hex(12)}`,
      email: `${first}.${last}@${company.domain}`,
      role: index === 0 ? 'owner' : index === 1 ? 'admin' : 'member',
      title: random.pick(JOB_TITLES),
      projects: company.joins === undefined ? random.between(2, 14) : 0,
      // The value of a new customer is set at the sign-up.
      createdAt: company.since && new Date(Date.parse(company.since) + random.between(0, 120) * DAY).toISOString()
    }
  })
}

/** Adds one event. A person has one event a second at most, because Intercom treats equal events of one second as duplicates. */
function record(at, person, event) {
  const browser = { name: 'analytics.js', version: '2.11.1' }
  const { context, ...rest } = event
  timeline.push({
    at,
    event: {
      ...rest,
      anonymousId: person.anonymousId,
      context: { library: browser, timezone: TIMEZONES[person.company.region], ...context },
      timestamp: new Date(at).toISOString()
    }
  })
}

function identify(at, person, more = {}) {
  const { company } = person
  person.createdAt ??= new Date(at).toISOString()
  const [firstName, lastName] = person.name.split(' ')
  record(at, person, {
    type: 'identify',
    userId: person.id,
    traits: {
      // A part of the code base sends one name, the older part sends two.
      ...(random.chance(0.6) ? { name: person.name } : { firstName, lastName }),
      email: person.email,
      createdAt: person.createdAt,
      job_title: person.title,
      workspace_role: person.role,
      projects_count: person.projects,
      beta_features: person.role === 'owner',
      company: { id: company.id, name: company.traits.name },
      ...more,
      ...MISTAKES[person.name]
    }
  })
}

function group(at, person, more = {}) {
  const { company } = person
  record(at, person, {
    type: 'group',
    userId: person.id,
    groupId: company.id,
    traits: {
      ...company.traits,
      website: `https://www.${company.domain}`,
      createdAt: company.since ?? new Date(at).toISOString(),
      region: company.region,
      seats: company.people.length,
      ...more
    }
  })
}

const track = (at, person, event, properties) =>
  record(at, person, { type: 'track', userId: person.id, event, properties })

const page = (at, person, path, { known = true } = {}) =>
  record(at, person, {
    type: 'page',
    ...(known ? { userId: person.id } : {}),
    name: path,
    properties: { url: `${known ? APP : SITE}${path}`, path }
  })

/** The activities of people, with the properties that the application sends. */
const ACTIVITIES = [
  (at, person) => {
    person.projects += 1
    track(at, person, 'Project Created', {
      project_id: `prj_${random.hex(6)}`,
      template: random.pick(['blank', 'sprint', 'client-work']),
      members: random.between(1, 6)
    })
  },
  (at, person) =>
    track(at, person, 'Task Completed', {
      task_id: `tsk_${random.hex(6)}`,
      days_open: random.between(0, 21),
      was_overdue: random.chance(0.3)
    }),
  (at, person) =>
    track(at, person, 'Board Shared', {
      // With exactly `url` and `value`, Intercom shows a link.
      board: { url: `${APP}/boards/${random.between(100, 999)}`, value: 'Open the board' },
      with_guests: random.chance(0.4)
    }),
  (at, person) =>
    track(at, person, 'Integration Connected', {
      integration: random.pick(INTEGRATIONS),
      access: random.pick(['read', 'read and write']),
      seconds_to_connect: random.between(8, 95)
    }),
  (at, person) =>
    track(at, person, 'Report Exported', {
      report: random.pick(['workload', 'burndown', 'budget']),
      format: random.pick(['pdf', 'csv']),
      range_days: random.pick([7, 30, 90]),
      rows: random.between(12, 900),
      columns: random.between(4, 18),
      grouped_by: 'project',
      filter_status: 'open',
      filter_team: 'all',
      include_archived: random.chance(0.2),
      locale: 'en-GB',
      paper: 'A4',
      duration_ms: random.between(180, 4200)
    }),
  (at, person) =>
    track(at, person, 'Comment Added', { length: random.between(8, 400), mentions: random.between(0, 3) }),
  (at, person) => page(at, person, random.pick(['/home', '/projects', '/reports', '/settings/members']))
]

function orderTemplates(at, person) {
  const price = random.pick([12.5, 19.99, 24])
  track(at, person, 'Order Completed', {
    order_id: `ord_${random.hex(6)}`,
    total: price * 2,
    currency: person.company.region === 'au' ? 'AUD' : 'EUR',
    products: [
      { sku: 'tpl-launch', name: 'Launch plan', price, quantity: 1 },
      { sku: 'tpl-retro', name: 'Retrospective', price, quantity: 1 }
    ],
    billing: { method: 'card', country: person.company.region.toUpperCase() }
  })
}

/** A working day of a known person: a few activities, in order. */
function workday(start, person, count) {
  let at = start
  for (let done = 0; done < count; done += 1) {
    at += random.between(4 * MINUTE, 70 * MINUTE)
    at -= at % SECOND
    random.pick(ACTIVITIES)(at, person)
  }
}

function weekOfCustomer(company) {
  const people = peopleOf(company)
  for (const [index, person] of people.entries()) {
    const day = random.between(0, 2)
    const arrival = MONDAY + day * DAY + 8 * HOUR + random.between(0, 150) * MINUTE + random.between(0, 59) * SECOND
    identify(arrival, person)
    group(arrival + 3 * SECOND, person, index === 0 ? { account_manager: random.pick(ACCOUNT_MANAGERS) } : {})
    workday(arrival, person, random.between(3, 5))
    if (index === 0) orderTemplates(arrival + 9 * HOUR, person)
    const second = arrival + random.between(1, 3) * DAY
    if (random.chance(0.6)) identify(second, person)
    workday(second, person, random.between(1, 3))
  }
  exportInvoice(people[0])
}

function weekOfNewcomer(company) {
  const people = peopleOf(company)
  const [owner, ...others] = people
  const signUp = MONDAY + company.joins * DAY + 9 * HOUR + random.between(0, 90) * MINUTE
  page(signUp - 6 * MINUTE, owner, '/', { known: false })
  page(signUp - 4 * MINUTE, owner, '/pricing', { known: false })
  identify(signUp, owner, { referral_source: random.pick(REFERRALS) })
  track(signUp + 2 * SECOND, owner, 'Signed Up', { method: 'email', plan: 'trial' })
  group(signUp + 40 * SECOND, owner, { trial_ends_at: Math.floor((signUp + 14 * DAY) / SECOND) })
  others.forEach((person, index) => {
    const invited = signUp + (12 + index * 3) * MINUTE
    track(invited, owner, 'Invitation Sent', { role: person.role, position: index + 1 })
    const accepted = invited + random.between(20, 300) * MINUTE
    identify(accepted, person, { referral_source: 'colleague' })
    track(accepted + 1 * SECOND, person, 'Invitation Accepted', {
      waited_minutes: Math.round((accepted - invited) / MINUTE)
    })
    group(accepted + 4 * SECOND, person)
    workday(accepted, person, random.between(2, 4))
  })
  workday(signUp + HOUR, owner, 4)
  const upgraded = signUp + 2 * DAY + 3 * HOUR
  const { plan, revenue, currency } = company.upgrade
  track(upgraded, owner, 'Plan Upgraded', {
    plan,
    previous_plan: 'trial',
    revenue,
    currency,
    seats: people.length,
    billing_cycle: 'monthly'
  })
  company.traits.plan = plan
  group(upgraded + 5 * SECOND, owner, { account_manager: random.pick(ACCOUNT_MANAGERS), billing_cycle: 'monthly' })
}

/** A nightly job of the finance team sends this for the owner, with Intercom switched off. */
function exportInvoice(person) {
  record(MONDAY + 6 * DAY + 22 * HOUR + random.between(0, 50) * MINUTE, person, {
    type: 'track',
    userId: person.id,
    event: 'Invoice Exported',
    properties: { period: '2026-11', lines: random.between(1, 9) },
    integrations: { 'Intercom Cloud Mode (Actions)': false },
    context: { library: { name: 'analytics-node', version: '2.3.0' } }
  })
}

for (const company of COMPANIES) {
  if (company.joins === undefined) weekOfCustomer(company)
  else weekOfNewcomer(company)
}

const week = timeline
  .map((entry, order) => ({ ...entry, order }))
  .sort((a, b) => a.at - b.at || a.order - b.order)
  .map(({ event: { type, timestamp, ...event } }) =>
    JSON.stringify({ type, messageId: `msg-${random.hex(16)}`, timestamp, ...event })
  )
const text = `${week.join('\n')}\n`

if (process.argv[2] === '-') process.stdout.write(text)
else await writeFile(fileURLToPath(new URL('../examples/saas-week.ndjson', import.meta.url)), text)
