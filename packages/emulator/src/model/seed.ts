import { blankCompany } from './company-rules'
import { blankContact, kept, SEEDED_AT_CALL } from './contact-rules'
import type {
  Admin,
  Attributes,
  Company,
  Consent,
  Contact,
  CustomObject,
  DataType,
  Model,
  Role,
  Scalar,
  SubscriptionType,
  Tag,
  Visitor
} from './entities'
import type { Workspace } from './workspace'

/** A custom attribute that the workspace declares. */
export interface AttributeSeed {
  name: string
  data_type: DataType
  /** Makes it a list. Other values are accepted too. */
  options?: readonly string[]
  description?: string
  archived?: boolean
  /** It is in use, so archiving it is a 422. */
  hasDependants?: boolean
}

/** An existing contact. It is not validated, so that a seed can contain what the API would refuse. */
export interface ContactSeed {
  /** Intercom's id; counted by default. */
  id?: string
  role?: Role
  external_id?: string | null
  email?: string | null
  phone?: string | null
  name?: string | null
  avatar?: string | null
  signed_up_at?: number | null
  last_seen_at?: number | null
  unsubscribed_from_emails?: boolean
  created_at?: number
  custom_attributes?: Readonly<Record<string, Scalar>>
  /** Names of tags; missing tags are created. */
  tags?: readonly string[]
  status?: 'active' | 'archived' | 'blocked'
}

export interface CompanySeed {
  /** Intercom's id; counted by default. */
  id?: string
  company_id: string
  name?: string | null
  plan?: string | null
  size?: number | null
  website?: string | null
  industry?: string | null
  monthly_spend?: number
  remote_created_at?: number | null
  created_at?: number
  custom_attributes?: Readonly<Record<string, Scalar>>
  tags?: readonly string[]
}

export interface SubscriptionTypeSeed {
  id?: string
  name: string
  consent_type: Consent
  content_types?: SubscriptionType['content_types']
}

/** A person in the Messenger. No operation of the API creates a visitor. */
export interface VisitorSeed {
  id?: string
  user_id?: string
  email?: string | null
  phone?: string | null
  name?: string | null
  custom_attributes?: Readonly<Record<string, Scalar>>
}

/** Plain data that can be loaded from a JSON file. */
export interface Seed {
  contactAttributes?: readonly AttributeSeed[]
  companyAttributes?: readonly AttributeSeed[]
  tags?: readonly { id?: string; name: string }[]
  /** In addition to the owner of the token, which always exists. */
  admins?: readonly Admin[]
  subscriptionTypes?: readonly SubscriptionTypeSeed[]
  visitors?: readonly VisitorSeed[]
  companies?: readonly CompanySeed[]
  /** Instances of custom objects that PUT /contacts/{id} can associate: `{ order: ['21'] }` for the type `Order`. */
  customObjects?: readonly CustomObject[]
  contacts?: readonly ContactSeed[]
  /** `contact` is an Intercom id or an external_id, `company` an Intercom id or a company_id. */
  attachments?: readonly { contact: string; company: string }[]
}

/** The entities made from a seed, in its order. */
export interface Seeded {
  contacts: readonly Contact[]
  companies: readonly Company[]
  tags: readonly Tag[]
  subscriptionTypes: readonly SubscriptionType[]
  visitors: readonly Visitor[]
}

const declare = (
  model: Model,
  { name, data_type, options, description, archived, hasDependants }: AttributeSeed,
  workspace: Workspace
) =>
  workspace.store.putAttribute({
    id: workspace.ids.dataAttribute(),
    name,
    model,
    data_type,
    description: description ?? null,
    options: options ?? null,
    messenger_writable: true,
    archived: archived ?? false,
    hasDependants: hasDependants ?? false,
    created_at: workspace.now(),
    updated_at: workspace.now()
  })

/** Throws for an undeclared attribute, because a real workspace cannot hold a value for it. */
const requireDeclared = (
  model: Model,
  attributes: Attributes | undefined,
  owner: string,
  { store }: Workspace
): Attributes => {
  for (const name of Object.keys(attributes ?? {})) {
    if (store.attributes.some((attribute) => attribute.model === model && attribute.name === name)) continue
    throw new Error(`Seed: ${owner} has the custom attribute '${name}'; declare it in ${model}Attributes first`)
  }
  return { ...attributes }
}

const tagNamed = (name: string, { store, ids }: Workspace): Tag =>
  store.tagNamed(name) ?? store.putTag({ id: ids.tag(), name })

const putCompany = (seed: CompanySeed, workspace: Workspace): Company => {
  const { store, ids, now } = workspace
  const blank = blankCompany(seed.id ?? ids.company(), seed.company_id, seed.created_at ?? now())
  return store.putCompany({
    ...blank,
    name: kept(seed.name, blank.name),
    plan: kept(seed.plan, blank.plan),
    size: kept(seed.size, blank.size),
    website: kept(seed.website, blank.website),
    industry: kept(seed.industry, blank.industry),
    monthly_spend: kept(seed.monthly_spend, blank.monthly_spend),
    remote_created_at: kept(seed.remote_created_at, blank.remote_created_at),
    custom_attributes: requireDeclared('company', seed.custom_attributes, `company ${seed.company_id}`, workspace),
    tagIds: (seed.tags ?? []).map((name) => tagNamed(name, workspace).id)
  })
}

const putContact = (seed: ContactSeed, workspace: Workspace): Contact => {
  const { store, ids, now } = workspace
  const id = seed.id ?? ids.contact()
  const blank = blankContact(id, seed.created_at ?? now(), SEEDED_AT_CALL)
  const role = seed.role ?? 'user'
  return store.putContact({
    ...blank,
    role,
    external_id: seed.external_id ?? (role === 'lead' ? ids.leadExternalId() : null),
    email: kept(seed.email, blank.email),
    phone: kept(seed.phone, blank.phone),
    name: kept(seed.name, blank.name),
    avatar: kept(seed.avatar, blank.avatar),
    signed_up_at: kept(seed.signed_up_at, blank.signed_up_at),
    last_seen_at: kept(seed.last_seen_at, blank.last_seen_at),
    unsubscribed_from_emails: kept(seed.unsubscribed_from_emails, blank.unsubscribed_from_emails),
    custom_attributes: requireDeclared('contact', seed.custom_attributes, `contact ${id}`, workspace),
    tags: (seed.tags ?? []).map((name) => ({ id: tagNamed(name, workspace).id, applied_at: now() })),
    status: seed.status ?? 'active'
  })
}

const putSubscriptionType = (seed: SubscriptionTypeSeed, { store, ids }: Workspace): SubscriptionType => {
  const { id = ids.subscriptionType(), name, consent_type, content_types = ['email'] } = seed
  const type: SubscriptionType = { id, name, consent_type, content_types, state: 'live' }
  store.subscriptionTypes.set(id, type)
  return type
}

const putVisitor = (seed: VisitorSeed, workspace: Workspace): Visitor => {
  const { store, ids, now } = workspace
  const { id = ids.visitor(), user_id = ids.visitorUserId(), email = null, phone = null, name = null } = seed
  const custom_attributes = requireDeclared('contact', seed.custom_attributes, `visitor ${id}`, workspace)
  return store.putVisitor({
    ...{ id, user_id, email, phone, name, custom_attributes },
    created_at: now(),
    updated_at: now()
  })
}

const attach = (seed: { contact: string; company: string }, { store }: Workspace): void => {
  const contact = store.contact(seed.contact) ?? store.contactsWithExternalId(seed.contact)[0]
  const company = store.company(seed.company) ?? store.companyWithCompanyId(seed.company)
  if (!contact) throw new Error(`Seed: an attachment names the contact '${seed.contact}', which is not there`)
  if (!company) throw new Error(`Seed: an attachment names the company '${seed.company}', which is not there`)
  store.putContact({ ...contact, companyIds: [...new Set([...contact.companyIds, company.id])] })
}

/** Adds the seed to the workspace. Throws for an undeclared attribute or an unknown attachment. */
export const seedStore = (seed: Seed, workspace: Workspace): Seeded => {
  const { store, ids } = workspace
  for (const attribute of seed.contactAttributes ?? []) declare('contact', attribute, workspace)
  for (const attribute of seed.companyAttributes ?? []) declare('company', attribute, workspace)
  const tags = (seed.tags ?? []).map(({ id, name }) => store.putTag({ id: id ?? ids.tag(), name }))
  const companies = (seed.companies ?? []).map((company) => putCompany(company, workspace))
  const contacts = (seed.contacts ?? []).map((contact) => putContact(contact, workspace))
  for (const attachment of seed.attachments ?? []) attach(attachment, workspace)
  for (const object of seed.customObjects ?? []) store.putCustomObject(object)
  for (const admin of seed.admins ?? []) store.admins.set(admin.id, admin)
  const subscriptionTypes = (seed.subscriptionTypes ?? []).map((type) => putSubscriptionType(type, workspace))
  const visitors = (seed.visitors ?? []).map((visitor) => putVisitor(visitor, workspace))
  return {
    tags,
    companies,
    subscriptionTypes,
    visitors,
    contacts: contacts.map((contact) => store.contact(contact.id) ?? contact)
  }
}
