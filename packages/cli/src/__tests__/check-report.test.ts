import type { AttributeNeed, FileNeeds } from '../check/attribute-needs'
import { isFine, toFileCheck } from '../check/check-report'
import { toCheckText } from '../check/check-text'

const needs = (attributes: AttributeNeed[], more: Partial<FileNeeds> = {}): FileNeeds => ({
  events: 1,
  unreadable: 0,
  attributes,
  eventNames: [],
  isCut: false,
  ...more
})
const need = (misfits: AttributeNeed['misfits'] = {}): AttributeNeed => ({
  model: 'company',
  name: 'a',
  events: 2,
  types: { text: 2 },
  misfits
})
const workspace = (type: string) => ({ contact: new Map(), company: new Map([['a', { type, archived: false }]]) })

it.each([
  ['integer', {}, 'fits'],
  ['integer', { integer: 1, date: 2 }, 'other-type'],
  ['string', { integer: 1, date: 2 }, 'fits'],
  ['a type of tomorrow', { integer: 1 }, 'fits']
])('an attribute that is %s in the workspace, with misfits %j: %s', (type, misfits, verdict) => {
  expect(toFileCheck('f', needs([need(misfits)]), workspace(type)).attributes[0]?.verdict).toBe(verdict)
})

it('does not pass when Intercom does not list its attributes, or a line cannot be read', () => {
  const permissions: [] = []
  expect(isFine({ permissions, file: toFileCheck('f', needs([need()]), undefined) })).toBe(false)
  expect(isFine({ permissions, file: toFileCheck('f', needs([], { unreadable: 1 }), workspace('string')) })).toBe(false)
  expect(isFine({ permissions, file: toFileCheck('f', needs([]), workspace('string')) })).toBe(true)
})

it('compares the number of event names with the 120 of a workspace', () => {
  const eventNames = Array.from({ length: 121 }, (_, index) => ({ name: `Event ${index}`, events: 1 }))
  const file = toFileCheck('f', needs([], { eventNames }), workspace('string'))
  expect(isFine({ permissions: [], file })).toBe(false)
  const text = toCheckText({
    workspace: 'Acme',
    region: 'us',
    playedBy: null,
    permissions: [],
    notProbed: [],
    file,
    fine: false
  })
  expect(text).toContain('Event names: 121, MORE THAN the 120 active ones that a workspace may have')
  expect(text).toContain('and 111 others; --json lists all')
})

it('prints names of files and servers without control characters', () => {
  const evil = '\u001b[2Jname'
  const file = toFileCheck(
    evil,
    needs([{ ...need(), name: evil }], { eventNames: [{ name: evil, events: 1 }] }),
    workspace('string')
  )
  const text = toCheckText({
    workspace: evil,
    region: 'us',
    playedBy: null,
    permissions: [{ operation: 'GET /me', scope: evil, needed: 'it', permission: 'missing', status: 403 }],
    notProbed: [],
    file,
    fine: false
  })
  expect(text).not.toContain('\u001b')
  expect(text).toContain('  MISSING      ·[2Jname: GET /me\n')
})
