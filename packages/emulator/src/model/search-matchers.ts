import { parameterInvalid } from '../http/errors'
import type { Contact, Scalar } from './entities'
import type { SearchField } from './search-fields'

export type Matcher = (contact: Contact) => boolean

const DAY_SECONDS = 24 * 60 * 60

const dayOf = (seconds: number) => Math.floor(seconds / DAY_SECONDS)

/** S2.16: times are compared by calendar day in the workspace's time zone; here that is UTC. */
const dateMatcher = (operator: string, read: SearchField['read'], value: Scalar): Matcher => {
  if (typeof value !== 'number') return (contact) => operator === '=' && read(contact) === null
  const day = dayOf(value)
  return (contact) => {
    const seconds = read(contact)
    if (typeof seconds !== 'number') return false
    if (operator === '=') return dayOf(seconds) === day
    return operator === '>' ? dayOf(seconds) > day : dayOf(seconds) < day
  }
}

const numberMatcher = (operator: string, read: SearchField['read'], value: Scalar): Matcher => {
  if (typeof value !== 'number') throw parameterInvalid(`${operator} needs a number`)
  return (contact) => {
    const number = read(contact)
    if (typeof number !== 'number') return false
    if (operator === '<') return number < value
    if (operator === '>') return number > value
    return operator === '<=' ? number <= value : number >= value
  }
}

/** GUESS: parts of a text are compared in any case; whole values (`=`) in exact case, except e-mail addresses. */
const textMatcher = (operator: string, read: SearchField['read'], value: Scalar): Matcher => {
  if (typeof value !== 'string') throw parameterInvalid(`${operator} needs a string`)
  const part = value.toLowerCase()
  return (contact) => {
    const whole = String(read(contact) ?? '').toLowerCase()
    if (operator === '^') return whole.startsWith(part)
    if (operator === '$') return whole.endsWith(part)
    return whole.includes(part) === (operator === '~')
  }
}

/** Compares a field of a contact with one value. */
export const matcherOf = ({ kind, read }: SearchField, operator: string, value: Scalar): Matcher => {
  if (kind === 'tag') return ({ tags }) => tags.some(({ id }) => id === value) === (operator === '=')
  if (kind === 'date') return dateMatcher(operator, read, value)
  if (operator === '=' || operator === '!=') return (contact) => (read(contact) === value) === (operator === '=')
  return kind === 'number' ? numberMatcher(operator, read, value) : textMatcher(operator, read, value)
}
