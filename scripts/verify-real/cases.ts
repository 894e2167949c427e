import { below, isFields, isOk, textBelow, type Exchange } from './api'
import { EVENT_NAME, listed, newUser, findingOf, stored, submit, type Finding, type Stage } from './stage'

/** One behaviour of Intercom that no source states. */
export interface Case {
  readonly name: string
  readonly run: (stage: Stage) => Promise<Finding>
  /** What to change in the emulator if Intercom behaves differently. */
  readonly where: string
}

const SWITCHES = 'packages/emulator/src/model/unknowns.ts'
const ASSUMED = 'packages/emulator/src/model/assumed-validation.ts'

/** One character more than the known limit. */
const LONG = 'x'.repeat(256)
/** 30 April 1965. */
const EARLY = -147_484_800
const MILLISECONDS = 1_700_000_000_000

const lengthOf = (text: string | undefined): string =>
  text === undefined ? 'nothing kept' : `${[...text].length} kept`

const withAttribute = async (
  stage: Stage,
  name: string,
  custom_attributes: object,
  read?: string
): Promise<Finding> => {
  const { exchange } = await newUser(stage, name, { custom_attributes })
  if (!isOk(exchange) || read === undefined) return findingOf(exchange)
  const kept = below((await stored(stage, exchange)).reply, 'custom_attributes', read)
  return findingOf(exchange, typeof kept === 'string' ? lengthOf(kept) : `stored as ${JSON.stringify(kept ?? null)}`)
}

const NOT_LISTED = 'the event was not listed within 15 s'

/** Throws if the event is not listed: such a case has no finding. */
const firstListed = async (stage: Stage, contactId: string): Promise<unknown> => {
  const [event] = await listed(stage, contactId)
  if (event === undefined) throw new Error(NOT_LISTED)
  return event
}

const metadataCase = async (stage: Stage, name: string, metadata: object): Promise<Finding> => {
  const { id } = await newUser(stage, name)
  const exchange = await submit(stage, { id, metadata })
  if (!isOk(exchange)) return findingOf(exchange)
  const event = await firstListed(stage, id)
  const kept = below(event, 'metadata')
  return findingOf(
    exchange,
    `${isFields(kept) ? Object.keys(kept).length : 0} of ${Object.keys(metadata).length} keys kept`
  )
}

const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, key) => [`key_${key + 1}`, key]))

const contentTypeOf = ({ headers }: Exchange) => headers.get('content-type')?.split(';')[0] ?? 'no content type'

const bodyOf = ({ text, reply }: Exchange): string => {
  if (text.trim() === '') return 'no body'
  return isFields(reply) ? 'a JSON object' : 'another body'
}

const ABOUT_CONTACTS: readonly Case[] = [
  {
    name: 'a second user with the same e-mail address',
    where: `sharedEmails in ${SWITCHES}`,
    run: async (stage) => {
      const email = `${stage.run}-shared@example.com`
      await newUser(stage, 'shared-1', { email })
      return findingOf((await newUser(stage, 'shared-2', { email })).exchange)
    }
  },
  {
    name: 'an e-mail address without @',
    where: `freeEmails in ${SWITCHES}`,
    run: async (stage) => findingOf((await newUser(stage, 'bad-email', { email: 'no-address' })).exchange)
  },
  {
    name: 'an owner who is no admin',
    where: 'readOwner in packages/emulator/src/model/validate.ts',
    run: async (stage) => findingOf((await newUser(stage, 'bad-owner', { owner_id: '9999999999' })).exchange)
  },
  {
    name: 'a name of 256 characters',
    where: `longTexts in ${SWITCHES}`,
    run: async (stage) => {
      const { exchange } = await newUser(stage, 'long-name', { name: LONG })
      return isOk(exchange)
        ? findingOf(exchange, lengthOf(textBelow((await stored(stage, exchange)).reply, 'name')))
        : findingOf(exchange)
    }
  },
  {
    name: 'an external id of 256 characters',
    where: `longTexts in ${SWITCHES}`,
    run: async (stage) => {
      const exchange = await stage.made.contact({ external_id: `${stage.run}-${LONG}`.slice(0, 256), role: 'user' })
      return isOk(exchange)
        ? findingOf(exchange, lengthOf(textBelow(exchange.reply, 'external_id')))
        : findingOf(exchange)
    }
  },
  {
    name: 'a company_id of 256 characters',
    where: `longTexts in ${SWITCHES}`,
    run: async (stage) => {
      const exchange = await stage.made.company({ company_id: `${stage.run}-${LONG}`.slice(0, 256), name: stage.run })
      return isOk(exchange)
        ? findingOf(exchange, lengthOf(textBelow(exchange.reply, 'company_id')))
        : findingOf(exchange)
    }
  },
  {
    name: 'a sign-up date before 1970',
    where: `earlyDates in ${SWITCHES}`,
    run: async (stage) => {
      const { exchange } = await newUser(stage, 'early', { signed_up_at: EARLY })
      const kept = below((await stored(stage, exchange)).reply, 'signed_up_at')
      return isOk(exchange) ? findingOf(exchange, `stored as ${JSON.stringify(kept ?? null)}`) : findingOf(exchange)
    }
  }
]

const ABOUT_ATTRIBUTES: readonly Case[] = [
  {
    name: 'an attribute that is not declared',
    where: 'readAttributes in packages/emulator/src/model/validate.ts',
    run: (stage) => withAttribute(stage, 'unknown-attribute', { verify_real_not_declared: 1 })
  },
  {
    name: 'text for a whole-number attribute',
    where: `hasType in ${ASSUMED}`,
    run: (stage) => withAttribute(stage, 'text-for-number', { verify_real_integer: 'many' }, 'verify_real_integer')
  },
  {
    name: 'a number for a text attribute',
    where: `hasType in ${ASSUMED}`,
    run: (stage) => withAttribute(stage, 'number-for-text', { verify_real_text: 5 }, 'verify_real_text')
  },
  {
    name: 'an attribute of 256 characters',
    where: `longTexts in ${SWITCHES}`,
    run: (stage) => withAttribute(stage, 'long-attribute', { verify_real_text: LONG }, 'verify_real_text')
  },
  {
    name: 'a date attribute before 1970',
    where: `earlyDates in ${SWITCHES}`,
    run: (stage) => withAttribute(stage, 'early-attribute', { verify_real_date: EARLY }, 'verify_real_date')
  },
  {
    name: 'milliseconds for a date attribute',
    where: `isSeconds in ${ASSUMED}`,
    run: (stage) => withAttribute(stage, 'milliseconds', { verify_real_date: MILLISECONDS }, 'verify_real_date')
  }
]

const ABOUT_EVENTS: readonly Case[] = [
  {
    name: 'the answer of POST /events',
    where: 'the answer in packages/emulator/src/routes/events.ts',
    run: async (stage) => {
      const { id } = await newUser(stage, 'event')
      const exchange = await submit(stage, { id })
      return findingOf(exchange, `${contentTypeOf(exchange)}, ${bodyOf(exchange)}`)
    }
  },
  {
    name: 'eleven metadata keys',
    where: `metadataKeys in ${SWITCHES}`,
    run: (stage) => metadataCase(stage, 'eleven', keys(11))
  },
  {
    name: 'twenty-one metadata keys',
    where: `metadataKeys in ${SWITCHES}`,
    run: (stage) => metadataCase(stage, 'twenty-one', keys(21))
  },
  {
    name: 'a metadata key with a dot',
    where: `refusesMetadataKeys in ${SWITCHES}`,
    run: (stage) => metadataCase(stage, 'dot', { 'a.b': 1 })
  },
  {
    name: 'a metadata key with a dollar sign',
    where: `refusesMetadataKeys in ${SWITCHES}`,
    run: (stage) => metadataCase(stage, 'dollar', { a$b: 1 })
  },
  {
    name: 'two metadata keys that differ in case only',
    where: 'readMetadata in packages/emulator/src/routes/events.ts',
    run: (stage) => metadataCase(stage, 'case', { plan: 1, Plan: 2 })
  },
  {
    name: 'an event name of 256 characters',
    where: `longTexts in ${SWITCHES}`,
    run: async (stage) => {
      const { id } = await newUser(stage, 'long-event')
      // The same name in every run, because names cannot be removed from the workspace.
      const exchange = await submit(stage, { id, event_name: `${EVENT_NAME}-${LONG}`.slice(0, 256) })
      if (!isOk(exchange)) return findingOf(exchange)
      return findingOf(exchange, lengthOf(textBelow(await firstListed(stage, id), 'event_name')))
    }
  },
  {
    name: 'an event with the id of one user and the external id of another',
    where: `IDENTIFIERS in packages/emulator/src/routes/events.ts, or refusesSeveralIdentifiers in ${SWITCHES}`,
    run: async (stage) => {
      const first = await newUser(stage, 'two-ids-1')
      const second = await newUser(stage, 'two-ids-2')
      const exchange = await submit(stage, { id: first.id, user_id: second.external_id })
      if (!isOk(exchange)) return findingOf(exchange)
      const [byId, byUserId] = [await listed(stage, first.id), await listed({ ...stage, wait: noWait }, second.id)]
      const holders = [...(byId.length > 0 ? ['id'] : []), ...(byUserId.length > 0 ? ['user_id'] : [])]
      if (holders.length === 0) throw new Error(NOT_LISTED)
      return findingOf(exchange, `filed under ${holders.join(' and ')}`)
    }
  }
]

const noWait = () => Promise.resolve()

/** HELP 5245634: 120 names at most. */
const EVENT_NAMES = 121

/** Only with --event-names: it fills the list of event names, which must then be emptied by hand. */
export const EVENT_NAMES_CASE: Case = {
  name: 'the 121st event name',
  where: `countsEventNames in ${SWITCHES}`,
  run: async (stage) => {
    const { id } = await newUser(stage, 'names')
    for (let name = 1; ; name += 1) {
      const exchange = await submit(stage, { id, event_name: `${EVENT_NAME}-${String(name).padStart(3, '0')}` })
      if (!isOk(exchange)) return findingOf(exchange, `at name ${name}`)
      if (name === EVENT_NAMES) return findingOf(exchange, `${EVENT_NAMES} names taken`)
    }
  }
}

export const CASES: readonly Case[] = [...ABOUT_CONTACTS, ...ABOUT_ATTRIBUTES, ...ABOUT_EVENTS]
