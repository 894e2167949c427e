import { Destination } from '@segment/actions-core'
import nock from 'nock'
import { intercomCloud } from '..'
import { HOST, openWorkspace, toSettings, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const ask = (action: string, field: string): Promise<unknown> =>
  new Destination(intercomCloud()).executeDynamicField(action, field, {
    settings: toSettings(),
    payload: {},
    auth: { accessToken: 'test-access-token', refreshToken: '' }
  })

test('owners are the workspace’s teammates', async () => {
  nock(HOST)
    .get('/admins')
    .reply(200, { type: 'admin.list', admins: [{ id: '814860', name: 'Ada' }, { id: '2' }] })
  expect(await ask('identifyContact', 'owner_id')).toEqual({
    choices: [{ value: '814860', label: 'Ada' }],
    nextPage: ''
  })
})

test.each(['tags_to_add', 'tags_to_remove'])('%s: the workspace’s tags, by name', async (field) => {
  openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'u1', tags: ['vip'] }] } })
  expect(await ask('groupIdentifyContact', field)).toEqual({ choices: [{ value: 'vip', label: 'vip' }], nextPage: '' })
})

test.each([
  ['identifyContact', 'shoe_size'],
  ['groupIdentifyContact', 'floors']
])('%s: the attributes of its model, with their types', async (action, name) => {
  openWorkspace({
    contactAttributes: [{ name: 'shoe_size', data_type: 'integer' }],
    companyAttributes: [{ name: 'floors', data_type: 'integer' }]
  })
  expect(await ask(action, 'custom_attributes.__keys__')).toEqual({
    choices: [{ value: name, label: `${name} (integer)`, type: 'integer' }],
    nextPage: ''
  })
})

test('the form reports which permission is missing', async () => {
  nock(HOST)
    .get('/admins')
    .reply(403, { errors: [{ code: 'forbidden', message: 'scope' }] })
  expect(await ask('identifyContact', 'owner_id')).toMatchObject({
    choices: [],
    error: { code: '403', message: expect.stringContaining('lacks a permission') }
  })
})

test.each([
  ['identifyContact', 'owner_id', '/admins'],
  ['groupIdentifyContact', 'tags_to_add', '/tags'],
  ['identifyContact', 'custom_attributes.__keys__', '/data_attributes?model=contact']
])('%s %s: a login page is not an empty list of choices', async (action, field, where) => {
  nock(HOST).get(where).reply(200, '<html>Sign in</html>', { 'content-type': 'text/html' })
  expect(await ask(action, field)).toMatchObject({
    choices: [],
    error: { code: '503', message: expect.stringContaining('a proxy or a login page') }
  })
})
