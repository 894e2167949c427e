export interface Company {
  readonly id: string
  readonly name: string
  readonly employees: number
  readonly plan: string
  readonly tier: string
  readonly city: string
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly plan: string
  readonly colour: string
  readonly newsletter: boolean
  readonly city: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly company?: Company
}

const isTextAt = (value: object, ...keys: string[]): boolean =>
  keys.every((key) => typeof Reflect.get(value, key) === 'string')

/** Only for data that this shop has stored: it distinguishes an older form from the current one. */
const isPerson = (value: unknown): value is Person =>
  typeof value === 'object' &&
  value !== null &&
  isTextAt(value, 'id', 'name', 'email', 'plan', 'colour', 'city', 'createdAt')

export const isPeople = (value: unknown): value is readonly Person[] => Array.isArray(value) && value.every(isPerson)

/**
 * The traits of a person. The address is an object and the favourite paper is no attribute of the workspace. Intercom
 * takes neither, to show what losses are.
 */
export const toTraits = ({ name, email, plan, colour, newsletter, city, createdAt }: Person) => ({
  name,
  email,
  plan,
  createdAt,
  newsletter,
  favourite_colour: colour,
  favourite_paper: 'dotted, 5 mm',
  address: { city }
})

export const toCompanyTraits = ({ name, employees, plan, tier, city }: Company) => ({
  name,
  employees,
  plan,
  tier,
  paper_used_kg: employees * 3,
  address: { city }
})

/** A readable id that is unique in this shop. */
export function toPersonId(name: string, taken: readonly string[]): string {
  const word = name
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const base = word === '' ? 'customer' : word
  const free = (count: number): string => {
    const id = count === 1 ? base : `${base}-${count}`
    return taken.includes(id) ? free(count + 1) : id
  }
  return free(1)
}

const NAMES = ['Ada Birch', 'Jonas Alder', 'Mina Cedar', 'Theo Linden', 'Ruth Hazel', 'Emil Rowan', 'Ines Juniper']

/** A suggestion for the sign-up form: a person who has not signed up yet. */
export function toSuggestion(people: readonly Person[]): { name: string; email: string } {
  const emails = people.map(({ email }) => email)
  const round = (count: number): { name: string; email: string } => {
    for (const name of NAMES) {
      const email = `${name.toLowerCase().replace(' ', '.')}${count === 1 ? '' : count}@example.com`
      if (!emails.includes(email)) return { name, email }
    }
    return round(count + 1)
  }
  return round(1)
}
