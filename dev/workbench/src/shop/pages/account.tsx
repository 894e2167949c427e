import { useSignal } from '@preact/signals'
import { person, saveProfile, signOut } from '../account'
import { Heading } from '../heading'
import { goTo } from '../history'
import { Link } from '../link'
import type { Person } from '../person'
import { ProfileFields, toProfile } from '../profile-fields'
import { isProving, isSecured, setProving } from '../proof'
import { identify } from '../sender'

export function Account() {
  const known = person.value
  if (!known) {
    return (
      <section class="sheet narrow">
        <Heading>Your account</Heading>
        <p class="lead">You are a visitor: Segment has an anonymous id for you, and no name.</p>
        <p class="actions">
          <Link to="/shop/sign-up" class="button">
            Sign up
          </Link>
          <Link to="/shop/sign-in" class="button quiet">
            Sign in
          </Link>
        </p>
      </section>
    )
  }
  return (
    <>
      <Heading>Hello, {known.name}</Heading>
      <div class="account">
        <Profile key={known.id} known={known} />
        <div class="stack">
          <CompanyCard known={known} />
          <Proof known={known} />
          <section class="sheet">
            <h2>Leave</h2>
            <p class="small">Segment and the Messenger forget who was there.</p>
            <button
              type="button"
              class="button quiet wide"
              onClick={() => {
                signOut()
                goTo('/shop/')
              }}
            >
              Sign out
            </button>
          </section>
        </div>
      </div>
    </>
  )
}

function Profile({ known }: { readonly known: Person }) {
  const isSaved = useSignal(false)
  const submit = async (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    await saveProfile({ ...known, ...toProfile(event.currentTarget) })
    isSaved.value = true
  }
  return (
    <form class="sheet" onSubmit={(event) => void submit(event)}>
      <h2>Profile</h2>
      <p class="small">
        Your user id is <code>{known.id}</code>.
      </p>
      <ProfileFields profile={known} />
      <button class="button wide">{isSaved.value ? 'Save again' : 'Save'}</button>
    </form>
  )
}

const CompanyCard = ({ known: { company } }: { readonly known: Person }) => (
  <section class="sheet">
    <h2>Company</h2>
    <p class="small">
      {company ? `You buy for ${company.name}, ${company.employees} people.` : 'You buy for yourself.'}
    </p>
    <Link to="/shop/company" class="button quiet wide">
      {company ? 'Change or join another' : 'Join a company'}
    </Link>
  </section>
)

function Proof({ known }: { readonly known: Person }) {
  const toggle = async (proving: boolean) => {
    setProving(proving)
    if (proving) await identify(known)
  }
  return (
    <section class="sheet">
      <h2>Proof</h2>
      <label class="check">
        <input
          type="checkbox"
          checked={isProving.value}
          onChange={({ currentTarget }) => void toggle(currentTarget.checked)}
        />
        <span>Prove who is there (user_hash)</span>
      </label>
      <p class="small">
        {isSecured.value
          ? 'This workspace is secured: Intercom accepts a user ID only with a proof.'
          : 'The shop’s server signs your user ID. A workspace that is not secured accepts it without a proof.'}
      </p>
    </section>
  )
}
