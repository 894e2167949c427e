export {
  DOUBT_REASONS,
  isDoubtful,
  LOSS_REASONS,
  readOrLose,
  readTextOrLose,
  readTimeOrLose,
  readWholeNumberOrLose,
  toLossText,
  toReasonText,
  type Loss,
  type LossReason
} from './losses'
export { asText, defaultValues, existing, firstOf, path, withDefault, type Mapping } from './input-field'
export type { CustomAttributes } from './attributes'
export type { ChoicesOf, MappedFields, MappedValue, WithChoices } from './mapping-types'
export { unnestCompany, unnestContact, unnestMetadata } from './nested/nested-values'
export { readTraits, toFieldSource, type FieldSource } from './field-source'

export * as contactFields from './contact/fields'
export * as companyFields from './company/fields'
export * as eventFields from './event/fields'
export * as nestedFields from './nested/fields'

export { toLauncherFlag, toProof, WEB_DESTINATION_NAME } from './contact/event-options'
export { buildIdentified, identifyFields } from './contact/identify-payload'
export {
  buildContact,
  type BuiltContact,
  type ContactAttributes,
  type ContactIdentity,
  type ContactInput,
  type ContactSources,
  type Role
} from './contact/build-contact'
export { buildCompanies, buildCompany, type BuiltCompany, type Company } from './company/build-company'
export {
  buildEvent,
  type BuiltEvent,
  type EventInput,
  type EventMetadata,
  type EventRules,
  type RichLink
} from './event/build-event'
export { doubtAboutKey, toPlainMetadata } from './event/metadata-keys'

export {
  EARLIEST_TIME,
  LATEST_TIME,
  MAX_COMPANIES_PER_CONTACT,
  MAX_COMPANY_NUMBER,
  MAX_METADATA_KEYS,
  MAX_TEXT_LENGTH,
  SURE_METADATA_KEYS,
  type Limit
} from './rules/limits'
export { FIXED_COMPANY_KEYS, FIXED_CONTACT_KEYS } from './rules/fixed-keys'
export {
  MESSENGER_COMPANY_KEYS,
  MESSENGER_CONTACT_KEYS,
  MESSENGER_NUMBERS,
  MESSENGER_TEXTS,
  RESERVED_COMPANY_KEYS,
  RESERVED_CONTACT_KEYS,
  RESERVED_METADATA_KEYS
} from './rules/reserved-keys'
export { REGION_HOSTS, REGIONS, toRegion, type Region, type RegionHosts } from './rules/regions'

export { isDate } from './values/date'
export { toBoolean } from './values/boolean'
export { toEmail } from './values/email'
export { toHttpUrl } from './values/http-url'
export { toNumber } from './values/number'
export { toCents, toCurrency, type Cents, type Price } from './values/price'
export { isAbsent, isRecordLike, toProperty, toRecord, withoutUndefined } from './values/record'
export { toScalar, type Scalar } from './values/scalar'
export { isLongerThan, toSnakeCase, toText } from './values/text'
export { toUnixSeconds, type UnixSeconds } from './values/unix-seconds'
