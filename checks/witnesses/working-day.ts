import { createEmulator, serve, type Emulator } from '@intercom-destinations/emulator'
import { IntercomClient } from 'intercom-client'

/** `2024-01-02T03:04:05Z`, in seconds. */
export const DAY = 1_704_164_645

/** What a workspace has before the day begins and no operation of the day makes. */
export const SEED = {
  admins: [{ id: '7', name: 'Grace', email: 'grace@example.com' }],
  subscriptionTypes: [{ id: '91', name: 'Newsletter', consent_type: 'opt_out' as const }],
  visitors: [{ id: '65000000c100000000000001', user_id: 'v-1', email: 'red-duck@example.com' }]
}

const TOKEN = 'the-right-token'

/** What a day left behind: each answer of the SDK's by what was done, and the emulator with its record. */
export interface WorkingDay {
  emulator: Emulator
  client: IntercomClient
  /** The same SDK with a token that the emulator does not know. */
  stranger: IntercomClient
  close: () => Promise<void>
}

/** The official SDK, as its README says, pointed at an emulator on a loopback port. */
export const openOffice = async (): Promise<WorkingDay> => {
  const emulator = createEmulator({
    token: TOKEN,
    clock: () => DAY * 1000,
    seed: SEED
  })
  const { url, close } = await serve(emulator)
  // Its own retries would wait for seconds.
  const client = new IntercomClient({ token: TOKEN, baseUrl: url, maxRetries: 0 })
  const stranger = new IntercomClient({ token: 'a-wrong-token', baseUrl: url, maxRetries: 0 })
  return { emulator, client, stranger, close }
}

/** An ordinary day with Intercom: each operation of ours at least once, answered well. */
export const workingDay = async (client: IntercomClient) => {
  const attribute = { name: 'plan', model: 'contact', data_type: 'string' } as const
  const declared = await client.dataAttributes.create(attribute)
  const attributes = await client.dataAttributes.list({ model: 'contact' })

  const created = await client.contacts.create({
    role: 'user',
    external_id: 'u-1',
    email: 'ada@example.com',
    name: 'Ada',
    custom_attributes: { plan: 'free' }
  })
  const contact_id = created.id
  const updated = await client.contacts.update({ contact_id, name: 'Ada L.', custom_attributes: { plan: 'pro' } })
  const found = await client.contacts.find({ contact_id })
  const byExternalId = await client.contacts.showContactByExternalId({ external_id: 'u-1' })
  const searched = await client.contacts.search({ query: { field: 'email', operator: '=', value: 'ada@example.com' } })
  const listed = await client.contacts.list({ per_page: 5 })

  const lead = await client.contacts.create({ role: 'lead', email: 'ada@example.com', phone: '+44 20 7946 0000' })
  const merged = await client.contacts.mergeLeadInUser({ from: lead.id, into: contact_id })

  const company = await client.companies.createOrUpdate({ company_id: 'acme', name: 'Acme', plan: 'Gold', size: 12 })
  const again = await client.companies.createOrUpdate({ company_id: 'acme', monthly_spend: 99 })
  const retrieved = await client.companies.retrieve({ company_id: 'acme' })
  const attached = await client.companies.attachContact({ contact_id, id: company.id })
  const employers = await client.contacts.listAttachedCompanies({ contact_id })
  const people = await client.companies.listAttachedContacts({ company_id: company.id })
  const detached = await client.companies.detachContact({ contact_id, company_id: company.id })

  await client.events.create({
    event_name: 'order-paid',
    created_at: DAY,
    user_id: 'u-1',
    metadata: { invoice: 'INV-1' }
  })

  const tag = await client.tags.create({ name: 'Loyal' })
  const tagged = await client.tags.tagContact({ contact_id, id: tag.id })
  const tags = await client.contacts.listAttachedTags({ contact_id })
  const untagged = await client.tags.untagContact({ contact_id, tag_id: tag.id })

  const note = await client.notes.create({ contact_id, body: 'Asked for an invoice', admin_id: '7' })
  const notes = await client.notes.list({ contact_id })
  const admins = await client.admins.list()

  const subscriptionTypes = await client.subscriptionTypes.list()
  const optedOut = await client.contacts.attachSubscription({ contact_id, id: '91', consent_type: 'opt_out' })
  const subscriptions = await client.contacts.listAttachedSubscriptions({ contact_id })
  const asBefore = await client.contacts.detachSubscription({ contact_id, subscription_id: '91' })

  const visitor = await client.visitors.find({ user_id: 'v-1' })
  const converted = await client.visitors.mergeToContact({
    type: 'user',
    visitor: { user_id: 'v-1' },
    user: { user_id: 'u-2' }
  })
  const blocked = await client.contacts.blockContact({ contact_id: converted.id })

  const archived = await client.contacts.archive({ contact_id })
  const unarchived = await client.contacts.unarchive({ contact_id })
  const deleted = await client.contacts.delete({ contact_id })
  const whoAmI = await client.admins.identify()

  return {
    ...{ declared, attributes, created, updated, found, byExternalId, searched, listed, lead, merged },
    ...{ company, again, retrieved, attached, employers, detached, tag, tagged, tags, untagged },
    ...{ people, note, notes, admins, subscriptionTypes, optedOut, subscriptions, asBefore },
    ...{ visitor, converted, blocked, archived, unarchived, deleted, whoAmI }
  }
}
