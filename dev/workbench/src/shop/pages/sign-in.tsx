import { people, signIn } from '../account'
import { Heading } from '../heading'
import { goTo } from '../history'
import { Link } from '../link'
import type { Person } from '../person'

export function SignIn() {
  const enter = async (person: Person) => {
    await signIn(person)
    goTo('/shop/account')
  }
  return (
    <section class="sheet narrow">
      <Heading>Sign in</Heading>
      {people.value.length === 0 ? (
        <p class="lead">No person has signed up in this browser yet.</p>
      ) : (
        <>
          <p class="lead">Who are you today?</p>
          <ul>
            {people.value.map((person) => (
              <li key={person.id}>
                <button type="button" class="person" onClick={() => void enter(person)}>
                  <span class="initials" aria-hidden="true">
                    {toInitials(person.name)}
                  </span>
                  <span>
                    <strong>{person.name}</strong>
                    <span class="card-line">{person.email}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="small">
        New here? <Link to="/shop/sign-up">Open an account</Link>
      </p>
    </section>
  )
}

const toInitials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase()
