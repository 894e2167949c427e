import { createEmulator } from '../index'

/** A workspace with one entity of every kind. Every row starts with a new one. */
export const workspace = () =>
  createEmulator({
    clock: () => 1_700_000_000_000,
    contactAttributes: [
      { name: 'plan', data_type: 'string' },
      { name: 'logins', data_type: 'integer' },
      { name: 'score', data_type: 'float' },
      { name: 'vip', data_type: 'boolean' },
      { name: 'renewal', data_type: 'date' },
      { name: 'colour', data_type: 'string', options: ['Red', 'Blue'] },
      { name: 'gone', data_type: 'string', archived: true },
      { name: 'held', data_type: 'string', hasDependants: true }
    ],
    companyAttributes: [{ name: 'tier', data_type: 'string' }],
    oauth: { clientId: 'client', clientSecret: 'secret', code: 'abc=' },
    seed: {
      tags: [{ id: '81', name: 'VIP' }],
      subscriptionTypes: [
        { id: '91', name: 'Newsletter', consent_type: 'opt_out' },
        { id: '93', name: 'Offers', consent_type: 'opt_in', content_types: ['sms_message'] }
      ],
      visitors: [{ id: '9'.repeat(24), user_id: 'v-1' }],
      contacts: [
        { id: 'a'.repeat(24), external_id: 'u-1', email: 'Ada@Example.com' },
        { id: 'b'.repeat(24), role: 'lead', email: 'lead@example.com' },
        { id: 'c'.repeat(24), external_id: 'u-archived', email: 'old@example.com', status: 'archived' },
        { id: 'd'.repeat(24), external_id: 'twin-1', email: 'twin@example.com' },
        { id: 'e'.repeat(24), external_id: 'twin-2', email: 'twin@example.com' },
        { id: 'f'.repeat(24), external_id: 'u-blocked', email: 'blocked@example.com', status: 'blocked' }
      ],
      customObjects: [{ id: '21', type: 'Order', external_id: 'o-21', custom_attributes: { total: 99 } }],
      companies: [{ id: '1'.repeat(24), company_id: 'acme', name: 'Acme' }],
      attachments: [{ contact: 'u-1', company: 'acme' }]
    }
  })

export const USER = `/contacts/${'a'.repeat(24)}`
const LEAD = `/contacts/${'b'.repeat(24)}`
const ARCHIVED = `/contacts/${'c'.repeat(24)}`
const BLOCKED = `/contacts/${'f'.repeat(24)}`
export const MISSING = `/contacts/${'0'.repeat(24)}`
const ACME = '1'.repeat(24)
export const AT = 1_700_000_000

export type Row = [operation: string, precondition: string, body: unknown, status: number, code?: string]

export const custom = (custom_attributes: unknown) => ({ external_id: 'new', custom_attributes })
export const event = (more: object) => ({ event_name: 'paid', created_at: AT, user_id: 'u-1', ...more })
const find = (field: string, operator: string, value: unknown) => ({ query: { field, operator, value } })
export const leaf = { field: 'email', operator: '=', value: 'x@example.com' }
const and = (...value: unknown[]) => ({ operator: 'AND', value })

/** The expected answers, also for operations that are not recorded. */
export const ROWS: readonly Row[] = [
  ['GET /me', 'always', undefined, 200],

  ['POST /contacts', 'a new user by external_id', { external_id: 'u-2' }, 200],
  ['POST /contacts', 'a new user by e-mail', { email: 'new@example.com' }, 200],
  ['POST /contacts', 'a lead with nothing else', { role: 'lead' }, 200],
  ['POST /contacts', 'a lead whose e-mail another lead has', { role: 'lead', email: 'lead@example.com' }, 200],
  ['POST /contacts', 'a user whose e-mail a lead has', { email: 'lead@example.com' }, 200],
  ['POST /contacts', 'the role older clients send', { role: 'contact', external_id: 'u-2' }, 200],
  ['POST /contacts', 'no identity', {}, 400, 'parameter_missing'],
  ['POST /contacts', 'a user without identity', { role: 'user' }, 400, 'parameter_missing'],
  ['POST /contacts', 'an empty external_id', { external_id: '' }, 400, 'parameter_invalid'],
  ['POST /contacts', 'another role', { role: 'visitor', email: 'v@example.com' }, 400, 'parameter_invalid'],
  ['POST /contacts', 'external_id taken', { external_id: 'u-1' }, 409, 'conflict'],
  ['POST /contacts', 'e-mail taken, in another case', { email: 'ADA@example.COM' }, 409, 'conflict'],
  ['POST /contacts', 'external_id of an archived user', { external_id: 'u-archived' }, 409, 'conflict'],
  ['POST /contacts', 'a blocked user', { external_id: 'u-blocked' }, 400, 'not_restorable'],
  ['POST /contacts', 'companies in the body, ignored', { external_id: 'u-2', companies: [] }, 200],
  ['POST /contacts', 'created_at in the body, ignored', { external_id: 'u-2', created_at: AT }, 200],
  ['POST /contacts', '__proto__ in the body, ignored', '{"external_id":"u-2","__proto__":{"external_id":"u-1"}}', 200],
  ['POST /contacts', 'an unknown key and a conflict', { external_id: 'u-1', first_name: 'Ada' }, 409, 'conflict'],
  ['POST /contacts', 'broken JSON', '{"external_id":', 400],
  ['POST /contacts', 'a list instead of an object', [], 400, 'parameter_invalid'],
  ['POST /contacts', 'e-mail without @', { email: 'no-address' }, 400, 'parameter_invalid'],
  ['POST /contacts', 'a number as external_id', { external_id: 7 }, 400, 'parameter_invalid'],
  ['POST /contacts', 'a time as ISO text', { external_id: 'n', signed_up_at: '2024-01-02' }, 400, 'parameter_invalid'],
  ['POST /contacts', 'a time in milliseconds', { external_id: 'n', last_seen_at: AT * 1000 }, 400, 'parameter_invalid'],
  [
    'POST /contacts',
    'a picture that is not a URL',
    { external_id: 'n', avatar: 'javascript:1' },
    400,
    'parameter_invalid'
  ],
  [
    'POST /contacts',
    'an avatar object',
    { external_id: 'n', avatar: { image_url: 'https://x.y/' } },
    400,
    'parameter_invalid'
  ],
  ['POST /contacts', 'a name over 255', { external_id: 'n', name: 'x'.repeat(256) }, 400, 'parameter_invalid'],
  ['POST /contacts', 'an owner who is not an admin', { external_id: 'n', owner_id: '9' }, 400, 'parameter_invalid'],
  [
    'POST /contacts',
    'email_verified without email',
    { external_id: 'n', email_verified: true },
    400,
    'parameter_missing'
  ],
  [
    'POST /contacts',
    'a declared attribute',
    custom({ plan: 'pro', logins: 3, score: 1.5, vip: true, renewal: AT }),
    200
  ],
  ['POST /contacts', 'an attribute set to null', custom({ plan: null }), 200],
  ['POST /contacts', 'an unknown attribute', custom({ plan: 'pro', unknown: 1 }), 400, 'parameter_invalid'],
  ['POST /contacts', 'an archived attribute', custom({ gone: 'x' }), 400, 'parameter_invalid'],
  [
    'POST /contacts',
    '__proto__ as attribute',
    '{"external_id":"n","custom_attributes":{"__proto__":1}}',
    400,
    'parameter_invalid'
  ],
  ['POST /contacts', 'attributes as a list', custom(['plan']), 400, 'parameter_invalid'],
  ['POST /contacts', 'a nested attribute', custom({ plan: { name: 'pro' } }), 400, 'parameter_invalid'],
  ['POST /contacts', 'a list attribute', custom({ plan: ['pro'] }), 400, 'parameter_invalid'],
  ['POST /contacts', 'text of 256', custom({ plan: 'x'.repeat(256) }), 400, 'parameter_invalid'],
  ['POST /contacts', 'a fraction for an integer', custom({ logins: 1.5 }), 400, 'parameter_invalid'],
  ['POST /contacts', 'a number for text', custom({ plan: 5 }), 400, 'parameter_invalid'],
  ['POST /contacts', 'ISO text for a date', custom({ renewal: '2024-01-02' }), 400, 'parameter_invalid'],
  [
    'POST /contacts',
    'an infinite number',
    '{"external_id":"n","custom_attributes":{"score":1e999}}',
    400,
    'parameter_invalid'
  ],
  ['POST /contacts', 'a value not among the options', custom({ colour: 'Green' }), 200],
  ['POST /contacts', 'a number for a list of options', custom({ colour: 5 }), 400, 'parameter_invalid'],
  ['POST /contacts', 'text of 255 emoji', custom({ plan: '😀'.repeat(255) }), 200],
  ['POST /contacts', 'text of 256 emoji', custom({ plan: '😀'.repeat(256) }), 400, 'parameter_invalid'],
  ['POST /contacts', 'a time before 1970', { external_id: 'n', signed_up_at: -147_484_800 }, 400, 'parameter_invalid'],
  ['POST /contacts', 'a custom object', custom({ order: ['21'] }), 400, 'parameter_invalid'],

  [`GET ${USER}`, 'an active contact', undefined, 200],
  [`GET ${ARCHIVED}`, 'an archived contact', undefined, 404, 'not_found'],
  [`GET ${BLOCKED}`, 'a blocked contact', undefined, 404, 'not_found'],
  [`GET ${MISSING}`, 'an unknown contact', undefined, 404, 'not_found'],
  ['GET /contacts/__proto__', 'a hostile id', undefined, 404, 'not_found'],
  ['GET /contacts/find_by_external_id/u-1', 'a user', undefined, 200],
  ['GET /contacts/find_by_external_id/u-archived', 'archived', undefined, 404, 'not_found'],
  ['GET /contacts/find_by_external_id/__proto__', 'a hostile id', undefined, 404, 'not_found'],
  ['GET /contacts/find_by_external_id/%E0%A4%A', 'broken encoding', undefined, 404, 'not_found'],
  ['GET /contacts?per_page=150', 'the largest page', undefined, 200],
  ['GET /contacts?per_page=151', 'a larger page', undefined, 400, 'parameter_invalid'],
  ['GET /contacts?starting_after=x', 'a made-up cursor', undefined, 400, 'parameter_invalid'],

  [`PUT ${USER}`, 'nothing to change', {}, 200],
  [`PUT ${USER}`, 'its own external_id', { external_id: 'u-1' }, 200],
  [`PUT ${USER}`, 'the external_id of a live user', { external_id: 'twin-1' }, 409, 'conflict'],
  [`PUT ${USER}`, 'the external_id of an archived user', { external_id: 'u-archived' }, 200],
  [`PUT ${USER}`, 'the e-mail of a live user', { email: 'twin@example.com' }, 200],
  [`PUT ${USER}`, 'user to lead', { role: 'lead' }, 400, 'client_error'],
  [`PUT ${LEAD}`, 'lead to user', { role: 'user', external_id: 'u-9' }, 200],
  [`PUT ${LEAD}`, 'lead to an existing user', { role: 'user', external_id: 'u-1' }, 409, 'conflict'],
  [`PUT ${USER}`, 'an unknown attribute', { custom_attributes: { nope: 1 } }, 400, 'parameter_invalid'],
  [`PUT ${USER}`, 'an unknown parameter, ignored', { first_name: 'Ada' }, 200],
  [`PUT ${USER}`, 'a custom object', { custom_attributes: { order: ['21'] } }, 200],
  [`PUT ${USER}`, 'an unknown custom object', { custom_attributes: { order: ['22'] } }, 400, 'parameter_invalid'],
  [
    `PUT ${USER}`,
    'a list that is not a custom object',
    { custom_attributes: { plan: ['21'] } },
    400,
    'parameter_invalid'
  ],
  [`PUT ${ARCHIVED}`, 'an archived contact', { name: 'x' }, 404, 'not_found'],
  [`DELETE ${USER}`, 'an active contact', undefined, 200],
  [`DELETE ${MISSING}`, 'an unknown contact', undefined, 404, 'not_found'],
  [`POST ${USER}/archive`, 'an active contact', {}, 200],
  [`POST ${ARCHIVED}/archive`, 'archived already', {}, 200],
  [`POST ${MISSING}/archive`, 'an unknown contact', {}, 404, 'not_found'],
  [`POST ${ARCHIVED}/unarchive`, 'an archived contact', {}, 200],
  [`POST ${BLOCKED}/unarchive`, 'a blocked contact', {}, 400, 'not_restorable'],
  [`POST ${LEAD}/block`, 'a lead', {}, 200],

  ['POST /contacts/merge', 'no duplicates', { from: 'b'.repeat(24), into: 'a'.repeat(24) }, 400, 'invalid_merge'],
  [
    'POST /contacts/merge',
    'the check skipped',
    { from: 'b'.repeat(24), into: 'a'.repeat(24), skip_duplicate_validation: true },
    200
  ],
  ['POST /contacts/merge', 'user into lead', { from: 'a'.repeat(24), into: 'b'.repeat(24) }, 400, 'parameter_invalid'],
  ['POST /contacts/merge', 'user into user', { from: 'a'.repeat(24), into: 'd'.repeat(24) }, 400, 'parameter_invalid'],
  ['POST /contacts/merge', 'no target', { from: 'b'.repeat(24) }, 400, 'parameter_missing'],
  ['POST /contacts/merge', 'an unknown contact', { from: '0'.repeat(24), into: 'a'.repeat(24) }, 404, 'not_found'],

  ['POST /contacts/search', 'one filter', { query: leaf }, 200],
  ['POST /contacts/search', 'two levels', { query: and(and(leaf), leaf) }, 200],
  ['POST /contacts/search', 'three levels', { query: and(and(and(leaf))) }, 400, 'parameter_invalid'],
  ['POST /contacts/search', '15 filters', { query: and(...Array.from({ length: 15 }, () => leaf)) }, 200],
  [
    'POST /contacts/search',
    '16 filters',
    { query: and(...Array.from({ length: 16 }, () => leaf)) },
    400,
    'parameter_invalid'
  ],
  ['POST /contacts/search', 'an empty group', { query: and() }, 400, 'parameter_invalid'],
  ['POST /contacts/search', 'no query', {}, 400, 'parameter_invalid'],
  ['POST /contacts/search', 'an unknown field', find('shoe_size', '=', 'x'), 400, 'parameter_invalid'],
  [
    'POST /contacts/search',
    'an unknown attribute',
    find('custom_attributes.__proto__', '=', 'x'),
    400,
    'parameter_invalid'
  ],
  ['POST /contacts/search', 'an unknown operator', find('email', 'LIKE', 'x'), 400, 'parameter_invalid'],
  ['POST /contacts/search', 'IN without a list', find('email', 'IN', 'x'), 400, 'parameter_invalid'],
  ['POST /contacts/search', '>= on a date', find('created_at', '>=', AT), 400, 'parameter_invalid'],
  ['POST /contacts/search', 'a word as a date', find('created_at', '>', 'yesterday'), 400, 'parameter_invalid'],
  ['POST /contacts/search', 'IN on tag_id', find('tag_id', 'IN', ['81']), 400, 'parameter_invalid'],
  ['POST /contacts/search', 'a segment', find('segment_id', '=', '1'), 501, 'not_emulated'],
  [
    'POST /contacts/search',
    'order "desc"',
    { query: leaf, sort: { field: 'name', order: 'desc' } },
    400,
    'invalid_sort_order'
  ],
  ['POST /contacts/search', '151 on a page', { query: leaf, pagination: { per_page: 151 } }, 400, 'parameter_invalid'],

  ['POST /companies', 'a new company', { company_id: 'c-2', name: 'Two', plan: 'Pro', size: 3 }, 200],
  ['POST /companies', 'a known company', { company_id: 'acme', name: 'Acme Ltd' }, 200],
  ['POST /companies', 'a fraction of spend', { company_id: 'acme', monthly_spend: 155.98 }, 200],
  ['POST /companies', 'spend as text', { company_id: 'acme', monthly_spend: '155' }, 400, 'parameter_invalid'],
  [
    'POST /companies',
    'spend over the limit',
    { company_id: 'acme', monthly_spend: 2147483648 },
    400,
    'parameter_invalid'
  ],
  ['POST /companies', 'a size as text', { company_id: 'acme', size: '100' }, 200],
  ['POST /companies', 'a size in words', { company_id: 'acme', size: 'about 100' }, 400, 'parameter_invalid'],
  ['POST /companies', 'no company_id', { name: 'Nameless' }, 400, 'parameter_missing'],
  ['POST /companies', "the parameter of Intercom's own example", { test: 'invalid' }, 400, 'bad_request'],
  [
    'POST /companies',
    'an unknown attribute',
    { company_id: 'acme', custom_attributes: { nope: 1 } },
    400,
    'parameter_invalid'
  ],
  [
    'POST /companies',
    "a contact's attribute",
    { company_id: 'acme', custom_attributes: { plan: 'x' } },
    400,
    'parameter_invalid'
  ],
  [
    'POST /companies',
    'ISO text as a time',
    { company_id: 'acme', remote_created_at: '2024' },
    400,
    'parameter_invalid'
  ],
  ['GET /companies?company_id=acme', 'a company', undefined, 200],
  ['GET /companies?company_id=nope', 'none', undefined, 404, 'company_not_found'],
  ['GET /companies?company_id=__proto__', 'none', undefined, 404, 'company_not_found'],
  ['GET /companies?name=Acme', 'by name', undefined, 200],
  ['GET /companies?segment_id=1', 'by segment', undefined, 501, 'not_emulated'],
  ['GET /companies', 'all', undefined, 200],
  ['GET /companies?per_page=60', 'the largest page', undefined, 200],
  ['GET /companies?per_page=61', 'a larger page', undefined, 400, 'parameter_invalid'],
  ['POST /companies/list', 'all', undefined, 200],
  ['POST /companies/list?per_page=61', 'too large a page', undefined, 400, 'parameter_invalid'],
  ['POST /companies/list?order=up', 'an unknown order', undefined, 400, 'parameter_invalid'],
  ['GET /companies/scroll', 'a new scroll', undefined, 200],
  ['GET /companies/scroll?scroll_param=x', 'an unknown scroll', undefined, 404, 'not_found'],
  [`GET /companies/${ACME}`, 'a company', undefined, 200],
  ['GET /companies/acme', 'by company_id', undefined, 404, 'company_not_found'],
  [`PUT /companies/${ACME}`, 'a new name', { name: 'A' }, 200],
  [`PUT /companies/${ACME}`, 'a new company_id', { company_id: 'b' }, 400, 'bad_request'],
  [`DELETE /companies/${ACME}`, 'a company', undefined, 200],
  ['DELETE /companies/nope', 'none', undefined, 404, 'company_not_found'],
  [`POST ${LEAD}/companies`, 'not yet attached', { id: ACME }, 200],
  [`POST ${USER}/companies`, 'attached already', { id: ACME }, 200],
  [`POST ${USER}/companies`, 'no id', {}, 400, 'parameter_not_found'],
  [`POST ${USER}/companies`, 'company_id instead of the id of Intercom', { id: 'acme' }, 404, 'company_not_found'],
  [`POST ${ARCHIVED}/companies`, 'an archived contact', { id: ACME }, 404, 'not_found'],
  [`GET ${USER}/companies`, 'one', undefined, 200],
  [`GET ${MISSING}/companies`, 'an unknown contact', undefined, 404, 'not_found'],
  [`DELETE ${USER}/companies/${ACME}`, 'attached', undefined, 200],
  [`DELETE ${LEAD}/companies/${ACME}`, 'not attached', undefined, 404, 'company_not_found'],
  [`DELETE ${MISSING}/companies/${ACME}`, 'an unknown contact', undefined, 404, 'not_found'],

  ['POST /events', 'by external_id', event({}), 202],
  ['POST /events', 'a lead by id', { event_name: 'paid', created_at: AT, id: 'b'.repeat(24) }, 202],
  [
    'POST /events',
    'a user by e-mail, in another case',
    { event_name: 'p', created_at: AT, email: 'ADA@example.com' },
    202
  ],
  [
    'POST /events',
    'a lead by e-mail',
    { event_name: 'p', created_at: AT, email: 'lead@example.com' },
    404,
    'not_found'
  ],
  [
    'POST /events',
    'two users with that e-mail',
    { event_name: 'p', created_at: AT, email: 'twin@example.com' },
    409,
    'conflict'
  ],
  ['POST /events', 'an unknown user', event({ user_id: 'unknown' }), 404, 'not_found'],
  ['POST /events', 'an archived user', event({ user_id: 'u-archived' }), 404, 'not_found'],
  ['POST /events', 'two identifiers', event({ email: 'ada@example.com' }), 202],
  ['POST /events', 'no identifier', { event_name: 'p', created_at: AT }, 400, 'parameter_missing'],
  ['POST /events', 'no time', { event_name: 'p', user_id: 'u-1' }, 400, 'parameter_missing'],
  ['POST /events', 'no name', { created_at: AT, user_id: 'u-1' }, 400, 'parameter_missing'],
  ['POST /events', 'milliseconds', event({ created_at: AT * 1000 }), 400, 'parameter_invalid'],
  ['POST /events', 'ISO text', event({ created_at: '2024-01-02T03:04:05Z' }), 400, 'parameter_invalid'],
  ['POST /events', 'an unknown parameter', event({ revenue: 5 }), 400, 'bad_request'],
  ['POST /events', 'plain metadata', event({ metadata: { a: 'x', b: 1, c: true, d_date: AT } }), 202],
  ['POST /events', 'a rich link', event({ metadata: { order: { url: 'https://x.y/1', value: '1' } } }), 202],
  ['POST /events', 'a price', event({ metadata: { price: { amount: 1999, currency: 'EUR' } } }), 202],
  [
    'POST /events',
    'a price of a fraction',
    event({ metadata: { price: { amount: 19.99, currency: 'EUR' } } }),
    400,
    'parameter_invalid'
  ],
  [
    'POST /events',
    'a price below zero',
    event({ metadata: { price: { amount: -1, currency: 'EUR' } } }),
    400,
    'parameter_invalid'
  ],
  ['POST /events', 'a price without currency', event({ metadata: { price: { amount: 1 } } }), 400, 'parameter_invalid'],
  [
    'POST /events',
    'a link to a script',
    event({ metadata: { a: { url: 'javascript:1', value: 'x' } } }),
    400,
    'parameter_invalid'
  ],
  ['POST /events', 'a nested object', event({ metadata: { cart: { items: 3 } } }), 400, 'parameter_invalid'],
  ['POST /events', 'a list', event({ metadata: { items: [1] } }), 400, 'parameter_invalid'],
  ['POST /events', 'null', event({ metadata: { coupon: null } }), 202],
  ['POST /events', 'a link of 300', event({ metadata: { a: `https://example.com/${'x'.repeat(280)}` } }), 202],
  ['POST /events', 'a key with a dot and a dollar', event({ metadata: { 'a.b$c': 1 } }), 202],
  ['POST /events', 'a time before 1970', event({ created_at: -1 }), 400, 'parameter_invalid'],
  ['GET /events?type=user&user_id=u-1', 'of a user', undefined, 200],
  [`GET /events?type=user&intercom_user_id=${'b'.repeat(24)}`, 'of a lead', undefined, 200],
  ['GET /events?type=user&email=ada@example.com&summary=true', 'counted', undefined, 200],
  ['GET /events?type=user&user_id=unknown', 'of an unknown user', undefined, 404, 'not_found'],
  ['GET /events?user_id=u-1', 'without a type', undefined, 400, 'parameter_invalid'],
  ['GET /events?type=user', 'without a person', undefined, 400, 'parameter_missing'],
  [
    'POST /events/summaries',
    'a summary',
    { user_id: 'u-1', event_summaries: { event_name: 'paid', count: 2, first: AT, last: AT } },
    200
  ],
  [
    'POST /events/summaries',
    'about an unknown user',
    { user_id: 'x', event_summaries: { event_name: 'paid', count: 2, first: AT, last: AT } },
    404,
    'not_found'
  ],
  ['POST /events/summaries', 'without a summary', { user_id: 'u-1' }, 400, 'parameter_invalid'],
  ['POST /events', 'text of 256', event({ metadata: { a: 'x'.repeat(256) } }), 400, 'parameter_invalid'],

  ['GET /tags', 'always', undefined, 200],
  ['POST /tags', 'a new tag', { name: 'new' }, 200],
  ['POST /tags', 'companies', { name: 'vip', companies: [{ company_id: 'acme' }, { id: ACME, untag: true }] }, 200],
  ['POST /tags', 'an unknown company', { name: 'vip', companies: [{ company_id: 'x' }] }, 404, 'company_not_found'],
  ['POST /tags', 'no name', { test: 'invalid' }, 400, 'parameter_invalid'],
  ['POST /tags', 'a user', { name: 'vip', users: [{ id: 'a'.repeat(24) }] }, 200],
  ['POST /tags', 'a user, untagged', { name: 'vip', users: [{ id: 'a'.repeat(24), untag: true }] }, 200],
  ['POST /tags', 'an unknown contact', { name: 'vip', users: [{ id: '123' }] }, 404, 'not_found'],
  ['POST /tags', 'a new name', { id: '81', name: 'Gold' }, 200],
  ['POST /tags', 'a new name for an unknown tag', { id: '1', name: 'Gold' }, 404, 'not_found'],
  [`POST ${USER}/tags`, 'a tag', { id: '81' }, 200],
  [`POST ${USER}/tags`, 'a numeric id', { id: 81 }, 200],
  [`POST ${USER}/tags`, 'an unknown tag', { id: '123' }, 404, 'not_found'],
  [`POST ${MISSING}/tags`, 'an unknown contact', { id: '81' }, 404, 'not_found'],
  [`GET ${USER}/tags`, 'none yet', undefined, 200],
  [`DELETE ${USER}/tags/81`, 'not tagged', undefined, 404, 'not_found'],

  ['GET /data_attributes?model=contact', 'contact', undefined, 200],
  ['GET /data_attributes?model=conversation', 'conversation', undefined, 422, 'parameter_invalid'],
  ['GET /data_attributes?model=x', 'another', undefined, 400, 'parameter_invalid'],
  ['POST /data_attributes', 'new', { name: 'New one', model: 'contact', data_type: 'integer' }, 200],
  ['POST /data_attributes', 'known', { name: 'plan', model: 'contact', data_type: 'string' }, 400, 'parameter_invalid'],
  [
    'POST /data_attributes',
    'standard',
    { name: 'Email', model: 'contact', data_type: 'string' },
    400,
    'parameter_invalid'
  ],
  [
    'POST /data_attributes',
    'known to the other model',
    { name: 'tier', model: 'contact', data_type: 'string' },
    400,
    'parameter_invalid'
  ],
  [
    'POST /data_attributes',
    'a bad name',
    { name: '!nv@l!d n@me', model: 'company', data_type: 'string' },
    400,
    'parameter_invalid'
  ],
  [
    'POST /data_attributes',
    'a bad type',
    { name: 'x', model: 'company', data_type: 'mithril' },
    400,
    'parameter_invalid'
  ],
  ['POST /data_attributes', 'a bad model', { name: 'x', model: 'ring', data_type: 'string' }, 400, 'parameter_invalid'],
  [
    'POST /data_attributes',
    'one option',
    { name: 'x', model: 'contact', data_type: 'options', options: [{ value: 'a' }] },
    400,
    'parameter_invalid'
  ],
  ['PUT /data_attributes/8100001', 'archive it', { archived: true }, 200],
  ['PUT /data_attributes/8100008', 'archive one that is in use', { archived: true }, 422, 'data_invalid'],
  ['PUT /data_attributes/8100001', 'options as an object', { options: { value: '1-10' } }, 400, 'parameter_invalid'],
  ['PUT /data_attributes/8100001', 'another type', { data_type: 'integer' }, 400, 'bad_request'],
  ['PUT /data_attributes/1', 'unknown', { archived: true }, 404, 'field_not_found'],

  ['POST /auth/eagle/token', 'the right code', { client_id: 'client', client_secret: 'secret', code: 'abc=' }, 200],
  [
    'POST /auth/eagle/token',
    'a code without its trailing =',
    { client_id: 'client', client_secret: 'secret', code: 'abc' },
    401,
    'unauthorized'
  ],
  ['POST /auth/uninstall', 'installed', {}, 200],

  ['GET /admins', 'always', undefined, 200],
  ['GET /admins/1', 'the owner of the token', undefined, 200],
  ['GET /admins/2', 'an unknown admin', undefined, 404, 'admin_not_found'],

  [`POST ${USER}/notes`, 'a note', { body: 'Hello' }, 200],
  [`POST ${USER}/notes`, 'by an admin', { body: 'Hello', admin_id: '1' }, 200],
  [`POST ${USER}/notes`, 'by an unknown admin', { body: 'Hello', admin_id: '2' }, 404, 'not_found'],
  [`POST ${USER}/notes`, 'without a text', {}, 400, 'parameter_missing'],
  [`POST ${MISSING}/notes`, 'about an unknown contact', { body: 'Hello' }, 404, 'not_found'],
  [`GET ${USER}/notes`, 'none yet', undefined, 200],
  [`GET ${MISSING}/notes`, 'an unknown contact', undefined, 404, 'not_found'],
  [`POST /companies/${ACME}/notes`, 'a note', { body: 'Hello' }, 200],
  [`GET /companies/${ACME}/notes`, 'none yet', undefined, 200],
  ['GET /companies/x/notes', 'unknown company', undefined, 404, 'company_not_found'],
  ['GET /notes/1', 'unknown note', undefined, 404, 'not_found'],

  ['GET /subscription_types', 'always', undefined, 200],
  [`GET ${USER}/subscriptions`, 'nothing decided', undefined, 200],
  [`POST ${USER}/subscriptions`, 'opting out', { id: '91', consent_type: 'opt_out' }, 200],
  [`POST ${USER}/subscriptions`, 'a numeric id', { id: 93, consent_type: 'opt_in' }, 200],
  [`POST ${USER}/subscriptions`, 'unknown', { id: 'invalid_id', consent_type: 'opt_in' }, 404, 'not_found'],
  [`POST ${USER}/subscriptions`, 'another consent', { id: '91', consent_type: 'opt_in' }, 400, 'parameter_invalid'],
  [`POST ${USER}/subscriptions`, 'no consent', { id: '91' }, 400, 'parameter_missing'],
  [`POST ${MISSING}/subscriptions`, 'an unknown contact', { id: '91', consent_type: 'opt_out' }, 404, 'not_found'],
  [`DELETE ${USER}/subscriptions/91`, 'not attached', undefined, 404, 'not_found'],

  ['GET /visitors?user_id=v-1', 'a visitor', undefined, 200],
  ['GET /visitors?user_id=x', 'an unknown visitor', undefined, 404, 'not_found'],
  ['GET /visitors', 'no user_id', undefined, 400, 'parameter_missing'],
  ['PUT /visitors', 'a name', { user_id: 'v-1', name: 'Gareth' }, 200],
  ['PUT /visitors', 'an unknown visitor', { id: 'x', name: 'Gareth' }, 404, 'not_found'],
  [
    'POST /visitors/convert',
    'to a new user',
    { type: 'user', visitor: { user_id: 'v-1' }, user: { user_id: 'u-9', email: 'nine@example.com' } },
    200
  ],
  [
    'POST /visitors/convert',
    'to an existing user',
    { type: 'user', visitor: { user_id: 'v-1' }, user: { user_id: 'u-1' } },
    200
  ],
  ['POST /visitors/convert', 'to a lead', { type: 'lead', visitor: { user_id: 'v-1' }, user: {} }, 200],
  [
    'POST /visitors/convert',
    'an unknown visitor',
    { type: 'user', visitor: { user_id: 'x' }, user: { user_id: 'u-1' } },
    404,
    'not_found'
  ],
  [
    'POST /visitors/convert',
    'to a contact of another role',
    { type: 'user', visitor: { user_id: 'v-1' }, user: { id: 'b'.repeat(24) } },
    400,
    'parameter_invalid'
  ],
  [
    'POST /visitors/convert',
    'to no user',
    { type: 'user', visitor: { user_id: 'v-1' }, user: {} },
    400,
    'parameter_missing'
  ],

  [`GET ${USER}/segments`, 'none', undefined, 200],
  [`GET ${MISSING}/segments`, 'an unknown contact', undefined, 404, 'not_found'],
  [`GET ${USER}/merge_history`, 'a user', undefined, 200],
  [`GET ${LEAD}/merge_history`, 'a lead', undefined, 404, 'not_found'],
  [`GET /companies/${ACME}/contacts`, 'a company', undefined, 200],
  ['GET /companies/x/contacts', 'unknown', undefined, 404, 'company_not_found'],
  [`GET /companies/${ACME}/segments`, 'none', undefined, 200],
  ['GET /tags/81', 'a tag', undefined, 200],
  ['GET /tags/1', 'unknown', undefined, 404, 'not_found'],
  ['DELETE /tags/81', 'a tag', undefined, 200],

  ['GET /segments', 'none', undefined, 200],
  ['GET /segments/1', 'none', undefined, 404, 'not_found'],
  ['GET /teams', 'none', undefined, 200],
  ['GET /teams/1', 'none', undefined, 404, 'team_not_found'],
  ['GET /admins/activity_logs?created_at_after=1', 'none', undefined, 200],
  ['GET /admins/activity_logs', 'without created_at_after', undefined, 400, 'parameter_missing'],
  ['GET //', 'an empty segment', undefined, 404, 'not_found'],
  ['GET /brands', 'not built', undefined, 501, 'not_emulated'],
  ['PATCH /contacts/x', 'an unknown operation', {}, 501, 'not_emulated'],
  ['POST /contacts/bulk', 'Preview only', {}, 501, 'not_emulated']
]
