import { computed, signal } from '@preact/signals'
import { isPeople, toPersonId, type Company, type Person } from './person'
import { group, identify, reset, track } from './sender'
import { readStored, writeStored } from './stored'

const PEOPLE = 'paper-and-pine.people'
const SIGNED_IN = 'paper-and-pine.signed-in'

/** The people who have signed up in this browser. */
export const people = signal<readonly Person[]>(readStored(PEOPLE, isPeople) ?? [])

const signedIn = signal(readStored(SIGNED_IN, (value) => typeof value === 'string'))

/** The person who is signed in. */
export const person = computed(() => people.value.find(({ id }) => id === signedIn.value))

function keep(next: Person): void {
  const others = people.value.filter(({ id }) => id !== next.id)
  people.value = [...others, next]
  writeStored(PEOPLE, people.value)
}

function enter(id: string | undefined): void {
  signedIn.value = id
  writeStored(SIGNED_IN, id ?? null)
}

export const isTaken = (email: string): boolean => people.value.some((one) => one.email === email)

export async function signUp(profile: Omit<Person, 'id' | 'createdAt'>): Promise<void> {
  const id = toPersonId(
    profile.name,
    people.value.map((one) => one.id)
  )
  const next = { ...profile, id, createdAt: new Date().toISOString() }
  keep(next)
  enter(id)
  await identify(next)
  track('Signed Up', { plan: next.plan })
}

export async function signIn(next: Person): Promise<void> {
  enter(next.id)
  await identify(next)
  track('Signed In', { plan: next.plan })
}

export async function saveProfile(next: Person): Promise<void> {
  keep(next)
  await identify(next)
}

export function joinCompany(member: Person, company: Company): void {
  keep({ ...member, company })
  group(company)
}

export function signOut(): void {
  enter(undefined)
  reset()
}
