import {
  EARLIEST_TIME,
  LATEST_TIME,
  MAX_COMPANIES_PER_CONTACT,
  MAX_COMPANY_NUMBER,
  MAX_METADATA_KEYS,
  MAX_TEXT_LENGTH,
  REGION_HOSTS,
  RESERVED_COMPANY_KEYS,
  RESERVED_CONTACT_KEYS,
  RESERVED_METADATA_KEYS,
  SURE_METADATA_KEYS,
  toRegion
} from '../..'

test('each limit has Intercom’s value and its source', () => {
  const limits = {
    MAX_METADATA_KEYS,
    SURE_METADATA_KEYS,
    MAX_TEXT_LENGTH,
    EARLIEST_TIME,
    LATEST_TIME,
    MAX_COMPANY_NUMBER,
    MAX_COMPANIES_PER_CONTACT
  }
  expect(Object.entries(limits).map(([name, { value }]) => [name, value])).toEqual([
    ['MAX_METADATA_KEYS', 20],
    ['SURE_METADATA_KEYS', 10],
    ['MAX_TEXT_LENGTH', 255],
    ['EARLIEST_TIME', 0],
    ['LATEST_TIME', 99999999999],
    ['MAX_COMPANY_NUMBER', 2147483647],
    ['MAX_COMPANIES_PER_CONTACT', 1000]
  ])
  expect(Object.values(limits).every(({ source }) => source.length > 20)).toBe(true)
})

test('each region has three hosts of its own', () => {
  expect(Object.values(REGION_HOSTS).map(({ rest, messenger, authorize }) => [rest, messenger, authorize])).toEqual([
    ['https://api.intercom.io', 'https://api-iam.intercom.io', 'https://app.intercom.com/oauth'],
    ['https://api.eu.intercom.io', 'https://api-iam.eu.intercom.io', 'https://app.eu.intercom.com/oauth'],
    ['https://api.au.intercom.io', 'https://api-iam.au.intercom.io', 'https://app.au.intercom.com/oauth']
  ])
})

test.each([
  ['US', 'us'],
  ['EU', 'eu'],
  ['Europe', 'eu'],
  ['AU', 'au'],
  ['au-1', 'au'],
  ['auto', undefined],
  ['Mars', undefined],
  [undefined, undefined]
])('the region of a workspace with region %p is %p', (written, region) => expect(toRegion(written)).toBe(region))

test('attributes and metadata cannot set identity, its proof or a prototype', () => {
  const dangerous = [
    '__proto__',
    'constructor',
    'prototype',
    'user_hash',
    'userHash',
    'intercom_user_jwt',
    'intercomUserJwt'
  ]
  for (const reserved of [RESERVED_CONTACT_KEYS, RESERVED_COMPANY_KEYS, RESERVED_METADATA_KEYS]) {
    expect(dangerous.filter((key) => !reserved.has(key))).toEqual([])
  }
  expect(['external_id', 'role', 'app_id', 'api_base'].filter((key) => !RESERVED_CONTACT_KEYS.has(key))).toEqual([])
})
