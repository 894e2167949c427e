/**
 * Traits that have their own field. In both halves they are removed from the custom attributes without a loss
 * (docs/catalog-contract.md, "Fixed list").
 */
export const FIXED_CONTACT_KEYS: ReadonlySet<string> = new Set([
  'id',
  'userId',
  'user_id',
  'name',
  'firstName',
  'first_name',
  'lastName',
  'last_name',
  'email',
  'phone',
  'avatar',
  'createdAt',
  'created_at',
  'created',
  'signedUpAt',
  'signed_up_at',
  'remoteCreatedAt',
  'lastRequestAt',
  'company',
  'companies'
])

/** The same for the traits of a company, in a group call or in the traits of a person. */
export const FIXED_COMPANY_KEYS: ReadonlySet<string> = new Set([
  'id',
  'companyId',
  'company_id',
  'name',
  'plan',
  'employees',
  'employee_count',
  'size',
  'website',
  'industry',
  'monthlySpend',
  'monthly_spend',
  'createdAt',
  'created_at',
  'created',
  'remoteCreatedAt',
  'remove'
])
