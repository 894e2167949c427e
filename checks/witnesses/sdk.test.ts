import { Intercom, IntercomError } from 'intercom-client'
import { DAY, openOffice, workingDay, type WorkingDay } from './working-day'

/** What an SDK call threw; a call that throws nothing is a failure of the test. */
const thrown = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown')
}

const codesOf = (error: unknown): unknown => (error instanceof IntercomError ? error.body : error)

describe('the official SDK cannot tell the emulator from Intercom', () => {
  let office: WorkingDay

  beforeAll(async () => {
    office = await openOffice()
  })
  beforeEach(() => {
    office.emulator.reset()
  })
  afterAll(() => office.close())

  it('does a working day', async () => {
    const day = await workingDay(office.client)
    const id = '65000000c000000000000001'
    expect(day.declared).toMatchObject({ full_name: 'custom_attributes.plan', model: 'contact' })
    expect(day.created).toMatchObject({ id, role: 'user', external_id: 'u-1', custom_attributes: { plan: 'free' } })
    expect(day.updated).toMatchObject({ id, name: 'Ada L.', custom_attributes: { plan: 'pro' } })
    expect([day.found, day.byExternalId]).toMatchObject([{ id }, { id }])
    expect(day.searched.data).toMatchObject([{ id }])
    expect(day.listed.data).toMatchObject([{ id }])
    expect(day.merged).toMatchObject({ id, role: 'user', phone: '+44 20 7946 0000' })
    expect(day.company).toMatchObject({ company_id: 'acme', plan: { name: 'Gold' }, size: 12 })
    expect(day.again).toMatchObject({ id: day.company.id, name: 'Acme', monthly_spend: 99 })
    expect(day.retrieved).toMatchObject({ id: day.company.id })
    expect(day.attached).toMatchObject({ id: day.company.id })
    // The description's example says `data`, its schema says `companies`. The SDK follows the schema, the emulator the example.
    expect(day.employers.response).toMatchObject({ data: [{ company_id: 'acme' }] })
    expect(day.employers.data).toEqual([])
    expect(day.detached).toMatchObject({ id: day.company.id })
    expect(day.tagged).toMatchObject({ name: 'Loyal', applied_at: DAY })
    expect(day.tags.data).toMatchObject([{ name: 'Loyal' }])
    expect(day.untagged).toMatchObject({ name: 'Loyal' })
    expect(day.people.data).toMatchObject([{ id }])
    expect(day.note).toMatchObject({ body: '<p>Asked for an invoice</p>', author: { name: 'Grace' } })
    expect(day.notes.data).toMatchObject([{ id: day.note.id }])
    expect(day.admins.admins).toMatchObject([{ id: '1' }, { id: '7' }])
    expect(day.subscriptionTypes.data).toMatchObject([{ id: '91', consent_type: 'opt_out' }])
    expect(day.subscriptions.data).toMatchObject([{ id: '91' }])
    expect([day.optedOut, day.asBefore]).toMatchObject([{ id: '91' }, { id: '91' }])
    expect(day.visitor).toMatchObject({ type: 'visitor', user_id: 'v-1', email: 'red-duck@example.com' })
    expect(day.converted).toMatchObject({ type: 'contact', external_id: 'u-2', email: 'red-duck@example.com' })
    expect(day.blocked).toMatchObject({ id: day.converted.id, blocked: true })
    const reference = { type: 'contact', external_id: 'u-1' }
    expect(day.archived).toEqual({ id, ...reference, archived: true })
    expect(day.unarchived).toEqual({ id, ...reference, archived: false })
    expect(day.deleted).toEqual({ id, ...reference, deleted: true })
    expect(day.whoAmI).toMatchObject({ type: 'admin', app: { region: 'US' } })
    expect(office.emulator.state.events).toMatchObject([{ event_name: 'order-paid', metadata: { invoice: 'INV-1' } }])
    expect(office.emulator.requests.filter(({ status }) => status >= 400)).toEqual([])
  })

  it('turns over the pages of a long list by itself', async () => {
    office.emulator.seed({ contacts: Array.from({ length: 7 }, (_, place) => ({ external_id: `u-${place}` })) })
    const listed: unknown[] = []
    for await (const contact of await office.client.contacts.list({ per_page: 3 })) listed.push(contact.external_id)
    expect(listed).toEqual(['u-0', 'u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6'])
    expect(office.emulator.requests).toHaveLength(3)
  })

  it('404: NotFoundError', async () => {
    const error = await thrown(office.client.contacts.listAttachedTags({ contact_id: 'unknown' }))
    expect(error).toBeInstanceOf(Intercom.NotFoundError)
    expect(codesOf(error)).toMatchObject({ errors: [{ code: 'not_found', message: 'User Not Found' }] })
  })

  it('404 where the SDK has no class for it: an IntercomError with the same body', async () => {
    const error = await thrown(office.client.contacts.find({ contact_id: 'unknown' }))
    expect(error).toMatchObject({ statusCode: 404, body: { errors: [{ code: 'not_found' }] } })
  })

  it('401: UnauthorizedError', async () => {
    const error = await thrown(office.stranger.contacts.create({ external_id: 'u-1' }))
    expect(error).toBeInstanceOf(Intercom.UnauthorizedError)
    expect(codesOf(error)).toMatchObject({ errors: [{ code: 'unauthorized', message: 'Access Token Invalid' }] })
  })

  it('400: BadRequestError', async () => {
    const error = await thrown(
      office.client.companies.createOrUpdate({ company_id: 'a', custom_attributes: { no: '' } })
    )
    expect(error).toBeInstanceOf(Intercom.BadRequestError)
    expect(codesOf(error)).toMatchObject({ errors: [{ code: 'parameter_invalid' }] })
  })

  it('409: an IntercomError that names the contact there is', async () => {
    await office.client.contacts.create({ external_id: 'u-1' })
    const error = await thrown(office.client.contacts.create({ external_id: 'u-1' }))
    expect(error).toMatchObject({ statusCode: 409 })
    expect(codesOf(error)).toMatchObject({
      errors: [
        {
          code: 'conflict',
          message: 'A contact matching those details already exists with id=65000000c000000000000001'
        }
      ]
    })
  })

  it('410: a merged contact, to a version that knows of merging, with the way to go', async () => {
    office.emulator.seed({
      contacts: [
        { id: 'lead', role: 'lead', email: 'a@example.com' },
        { id: 'user', external_id: 'u-1', email: 'a@example.com' }
      ]
    })
    await office.client.contacts.mergeLeadInUser({ from: 'lead', into: 'user' })
    const headers = { 'Intercom-Version': '2.16' }
    const error = await thrown(office.client.contacts.find({ contact_id: 'lead' }, { headers }))
    expect(error).toMatchObject({ statusCode: 410, body: { errors: [{ code: 'contact_merged' }] } })
    expect(error instanceof IntercomError && error.rawResponse?.headers.get('link')).toBe(
      '</contacts/user>; rel="canonical"'
    )
  })

  it.each([
    [429, 'rate_limit_exceeded'],
    [500, 'server_error'],
    [503, 'service_unavailable']
  ])('%i: an IntercomError with its code', async (status, code) => {
    office.emulator.fault({ status })
    const error = await thrown(office.client.contacts.create({ external_id: 'u-1' }))
    expect(error).toMatchObject({ statusCode: status, body: { errors: [{ code }] } })
  })

  it('an answer that never comes: an IntercomError without a status', async () => {
    office.emulator.fault({ trouble: 'time-out' })
    const options = { timeoutInSeconds: 0.05 }
    const error = await thrown(office.client.admins.identify(options))
    expect(error).toBeInstanceOf(IntercomError)
    expect(error).toMatchObject({ statusCode: undefined })
  })
})
