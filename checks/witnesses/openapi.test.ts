import { createEmulator } from '@intercom-destinations/emulator'
import { scenarios } from '@intercom-destinations/scenarios'
import { IntercomClient } from 'intercom-client'
import { ask } from '../../packages/emulator/src/test-support/ask'
import { ROWS, workspace } from '../../packages/emulator/src/test-support/operations-table'
import { deliver, openWorkspace, withoutNetwork } from '../../packages/intercom-cloud/src/test-support/workspace'
import { hasDescription, holdAgainst, readDescription, skippedNote, type Exchange } from './openapi'
import { DAY, SEED, workingDay } from './working-day'

/** Where the emulator, or what is sent to it, and the description disagree. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'GET /companies → 200: /type must be equal to one of the allowed values':
    'asked for one company by company_id or name, Intercom answers that company (docs/intercom.md, Companies); the schema knows the list only',
  '* → 200: /email must be string':
    'a contact that never had an e-mail has null there on the recorded tapes; the schema forgot `nullable`',
  'GET /events → 200: /type must be equal to one of the allowed values':
    'the schema of the answer is the one of summaries; the description has a data_event_list, too, and nothing refers to it',
  'POST /events ← /metadata/* must be string':
    'docs/intercom.md, Events: the text of the same operation has numbers, amounts and rich links; the schema has texts only'
}

/** What the emulator answers where the description is silent, and who says so instead. */
const NOT_DESCRIBED: Readonly<Record<string, string>> = {
  'DELETE /contacts/{contact_id} → 404':
    'docs/intercom.md, Contacts: a contact that is gone is a 404 wherever it is named',
  'GET /contacts/find_by_external_id/{external_id} → 404': 'docs/intercom.md, Contacts: assumed, like GET by id',
  'GET /contacts/{contact_id} → 404': 'the recorded tapes',
  'PUT /contacts/{contact_id} → 404': 'docs/intercom.md, Contacts, as above',
  'POST /contacts/merge → 404': 'docs/intercom.md, Contacts, as above',
  'POST /contacts/{contact_id}/archive → 404': 'docs/intercom.md, Contacts, as above',
  'POST /contacts/{contact_id}/unarchive → 400': 'docs/intercom.md, Contacts: later captures',
  'POST /contacts → 400': 'docs/intercom.md, Contacts, validation errors',
  'PUT /contacts/{contact_id} → 400': 'the recorded tapes, and docs/intercom.md, Contacts',
  'POST /contacts → 409': 'the recorded tapes, and docs/intercom.md, Contacts',
  'PUT /contacts/{contact_id} → 409': 'our choice: no source says',
  'PUT /companies/{company_id} → 400': 'docs/intercom.md, Companies: an unknown attribute is a 400 as for contacts',
  'GET /contacts → 400': 'AMP: a page that is too large is a 400; our choice for other bad pages',
  'GET /companies → 400': 'AMP: a page that is too large is a 400',
  'POST /companies/list → 400': 'as GET /companies',
  'GET /companies/scroll → 404': 'our choice: the text says that calls with an expired scroll fail',
  'GET /events → 400': 'our choice: type and one identifier are required',
  'GET /events → 404': 'our choice, in the words of POST',
  'POST /events/summaries → 400': 'our choice: what a summary needs',
  'POST /events/summaries → 404': 'our choice, in the words of POST /events',
  'GET /admins/activity_logs → 400': 'our choice: created_at_after is required',
  'GET //': 'no operation: an address with an empty segment',
  'GET /data_attributes → 400': 'our choice, in the words of POST',
  'POST /events → 400': 'docs/intercom.md, Events: created_at is required',
  'POST /events → 404': 'docs/intercom.md, Events, and the text of the description',
  'POST /events → 409': 'docs/intercom.md, Contacts: several users with one e-mail',
  'POST /tags → 404': 'docs/intercom.md, Tags, attributes and notes',
  'POST /contacts/{contact_id}/notes → 400': 'our choice: a note without a text',
  'POST /contacts/{contact_id}/subscriptions → 400': 'our choice: a consent that is missing or not the type’s',
  'GET /visitors → 400': 'our choice: user_id is required',
  'POST /visitors/convert → 400': 'our choice: there is no contact to convert to',
  'POST /visitors/convert → 404': 'docs/intercom.md, Tags, attributes and notes: "Visitor Not Found"',
  'POST /auth/eagle/token': 'docs/intercom.md, OAuth and tokens: OAuth is documented elsewhere',
  'POST /auth/uninstall': 'docs/intercom.md, OAuth and tokens: OAuth is documented elsewhere'
}

/** A difference as its table has it: a contact is the same object in the answer of every operation. */
const asListed = (difference: string) =>
  difference.replace(/^.* (→ 200: )(?:\/data\[\])?(\/email must be string)$/, '* $1$2')

const describeWhereDescribed = hasDescription ? describe : describe.skip

withoutNetwork()

describeWhereDescribed(`Intercom’s OpenAPI description allows${skippedNote}`, () => {
  const description = hasDescription ? readDescription() : undefined
  const met = new Set<string>()
  const held = (exchanges: readonly Exchange[], { bodies }: { bodies: boolean }) => {
    if (!description) throw new Error('There is no description')
    const { validated, bodies: sent, uncovered, differences } = holdAgainst(description, exchanges, { bodies })
    for (const one of [...uncovered, ...differences]) met.add(asListed(one))
    return {
      figures: { answers: validated, bodies: sent },
      uncovered: [...uncovered].filter((one) => !(one in NOT_DESCRIBED)),
      differences: [...differences].filter((one) => !(asListed(one) in DIFFERENCES))
    }
  }

  it('every answer of the table of operations', async () => {
    const exchanges: Exchange[] = []
    for (const [operation, , body] of ROWS) {
      const emulator = workspace()
      await ask(emulator, operation, body)
      exchanges.push(...emulator.requests.filter(({ status }) => status !== 501))
    }
    expect(held(exchanges, { bodies: false })).toEqual({
      figures: { answers: 169, bodies: 0 },
      uncovered: [],
      differences: []
    })
  })

  it('every answer and every body of the SDK’s working day', async () => {
    const emulator = createEmulator({ clock: () => DAY * 1000, seed: SEED })
    const fetch: typeof globalThis.fetch = (input, init) => emulator.fetch(input, init)
    await workingDay(new IntercomClient({ token: 'x', baseUrl: 'https://api.intercom.io', maxRetries: 0, fetch }))
    expect(held(emulator.requests, { bodies: true })).toEqual({
      figures: { answers: 36, bodies: 15 },
      uncovered: [],
      differences: []
    })
  })

  describe('what our destination sends, and what it is answered', () => {
    const book: Exchange[] = []

    it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))('%s', async (_title, scenario) => {
      const { emulator } = openWorkspace({ seed: { ...scenario.given } })
      for (const event of scenario.events) {
        // Whether it is delivered is the business of the book's own test; here counts what was sent until then.
        await deliver(event, { mapping: { ...scenario.cloudMapping } }).catch(() => undefined)
      }
      const { uncovered, differences } = held(emulator.requests, { bodies: true })
      expect({ uncovered, differences }).toEqual({ uncovered: [], differences: [] })
      book.push(...emulator.requests)
    })

    it('is not nothing', () => {
      const { answers, bodies } = held(book, { bodies: true }).figures
      expect(answers).toBeGreaterThan(60)
      expect(bodies).toBeGreaterThan(60)
    })
  })

  // The last one, because it needs to have seen the others.
  it('nothing more: both lists of differences are up to date', () => {
    expect([...Object.keys(DIFFERENCES), ...Object.keys(NOT_DESCRIBED)].filter((one) => !met.has(one))).toEqual([])
  })
})
