/**
 * Traits that have fields of their own. They leave the custom attributes without being a loss, on both halves
 * (the catalog contract, "Fixed list").
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

/** The same for a company's traits, in a group call or inside a person's. */
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
