import { joinCompany, person } from '../account'
import { ChoiceField, Field, toEntry } from '../field'
import { Heading } from '../heading'
import { goTo } from '../history'
import { Link } from '../link'
import type { Company, Person } from '../person'

const SUGGESTED: Company = {
  id: 'northlight-studio',
  name: 'Northlight Studio',
  employees: 24,
  plan: 'studio',
  tier: 'gold',
  city: 'Freiburg'
}

export function CompanyPage() {
  const known = person.value
  if (!known) {
    return (
      <section class="sheet narrow">
        <Heading>Your company</Heading>
        <p class="lead">Sign up first: a company needs a member.</p>
        <p class="actions">
          <Link to="/shop/sign-up" class="button">
            Sign up
          </Link>
        </p>
      </section>
    )
  }
  return <CompanyForm known={known} />
}

function CompanyForm({ known }: { readonly known: Person }) {
  const company = known.company ?? SUGGESTED
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = event.currentTarget
    joinCompany(known, {
      id: toEntry(form, 'id'),
      name: toEntry(form, 'name'),
      employees: Number(toEntry(form, 'employees')),
      plan: toEntry(form, 'plan'),
      tier: toEntry(form, 'tier'),
      city: company.city
    })
    goTo('/shop/account')
  }
  return (
    <form class="sheet narrow" onSubmit={submit}>
      <Heading>Join a company</Heading>
      <p class="lead">Paper for the whole team, on one bill.</p>
      <Field name="name" label="Name" value={company.name} autocomplete="organization" />
      <Field name="id" label="Company ID" value={company.id} />
      <Field name="employees" label="Employees" type="number" value={String(company.employees)} />
      <div class="field-pair">
        <ChoiceField name="plan" label="Plan" value={company.plan} choices={['free', 'maker', 'studio']} />
        <ChoiceField name="tier" label="Tier" value={company.tier} choices={['silver', 'gold']} />
      </div>
      <button class="button wide">Join</button>
    </form>
  )
}
