import { CheckField, ChoiceField, Field, toEntry } from './field'
import type { Person } from './person'

const PLANS = ['free', 'maker', 'studio'] as const
const COLOURS = ['green', 'blue', 'black', 'brown'] as const

type Profile = Pick<Person, 'name' | 'email' | 'plan' | 'colour' | 'newsletter' | 'city'>

/** The fields of a person's profile. */
export const ProfileFields = ({ profile }: { readonly profile: Profile }) => (
  <>
    <Field name="name" label="Name" value={profile.name} autocomplete="name" />
    <Field name="email" label="E-mail" type="email" value={profile.email} autocomplete="email" />
    <div class="field-pair">
      <ChoiceField name="plan" label="Plan" value={profile.plan} choices={PLANS} />
      <ChoiceField name="colour" label="Favourite ink" value={profile.colour} choices={COLOURS} />
    </div>
    <Field name="city" label="City" value={profile.city} autocomplete="address-level2" />
    <CheckField name="newsletter" label="Write to me when there is new paper" value={profile.newsletter} />
  </>
)

export const toProfile = (form: HTMLFormElement): Profile => ({
  name: toEntry(form, 'name'),
  email: toEntry(form, 'email'),
  plan: toEntry(form, 'plan'),
  colour: toEntry(form, 'colour'),
  newsletter: toEntry(form, 'newsletter') !== '',
  city: toEntry(form, 'city')
})
