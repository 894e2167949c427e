import { useSignal } from '@preact/signals'
import { isTaken, people, signUp } from '../account'
import { Heading } from '../heading'
import { goTo } from '../history'
import { Link } from '../link'
import { toSuggestion } from '../person'
import { ProfileFields, toProfile } from '../profile-fields'

export function SignUp() {
  const problem = useSignal('')
  // The suggestion stays in the form when another tab signs up meanwhile.
  const suggested = useSignal(toSuggestion(people.peek())).value
  const submit = async (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const profile = toProfile(event.currentTarget)
    if (isTaken(profile.email)) {
      problem.value = 'There is an account with this address. Sign in with it, or use another address.'
      return
    }
    await signUp(profile)
    goTo('/shop/account')
  }
  return (
    <form class="sheet narrow" onSubmit={(event) => void submit(event)}>
      <Heading>Open an account</Heading>
      <p class="lead">Already filled in. Press the button, or change it.</p>
      <ProfileFields profile={{ ...suggested, plan: 'maker', colour: 'green', newsletter: true, city: 'Freiburg' }} />
      <p class="problem" role="alert">
        {problem}
      </p>
      <button class="button wide">Sign up</button>
      <p class="small">
        Known here already? <Link to="/shop/sign-in">Sign in</Link>
      </p>
    </form>
  )
}
