import { isForWebHalfToo } from '../from-page'

const library = { name: 'analytics.js', version: 'npm:next-1.84.3' }
const bundled = ['Intercom Web (Actions)', 'Segment.io']

describe('an event that Intercom may get from its page, too', () => {
  it.each([
    ['the page lists the web destination', { _metadata: { bundled } }],
    ['by its short name', { _metadata: { bundled: ['Actions Intercom Web'] } }],
    [
      'a page addresses it with options',
      { context: { library }, integrations: { 'Intercom Web (Actions)': { user_hash: 'h' } } }
    ],
    [
      'a page allows nothing else',
      { context: { library }, integrations: { All: false, 'Intercom Web (Actions)': true } }
    ]
  ])('%s', (_, event) => {
    expect(isForWebHalfToo(event)).toBe(true)
  })

  it.each([
    ['a page that says nothing', { context: { library } }],
    ['other destinations of the page', { _metadata: { bundled: ['Segment.io'], unbundled: bundled } }],
    [
      'the event keeps the web destination away',
      { _metadata: { bundled }, integrations: { 'Intercom Web (Actions)': false } }
    ],
    ['it keeps all others away', { _metadata: { bundled }, integrations: { All: false } }],
    ['the web destination did not load', { _metadata: { bundled, failedInitializations: ['Intercom Web (Actions)'] } }],
    [
      'options that a server has copied',
      { context: { library: { name: 'analytics-node' } }, integrations: { 'Intercom Web (Actions)': {} } }
    ],
    ['marks of another shape', { _metadata: { bundled: 'Intercom Web (Actions)' }, context: 'page', integrations: [] }],
    ['no event', null]
  ])('not: %s', (_, event) => {
    expect(isForWebHalfToo(event)).toBe(false)
  })
})
