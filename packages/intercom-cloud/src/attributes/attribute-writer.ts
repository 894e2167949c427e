import type { CustomAttributes, Loss, LossReason, Scalar } from '@intercom-destinations/shared-mapping'
import type { IntercomClient } from '../client/intercom-client'
import type { AttributeModel, DataAttribute } from '../client/types'
import type { AttributeSchemaCache } from './attribute-schema-cache'
import { toAttributeValue } from './attribute-value'
import { unknownAttributeError } from '../errors'
import type { ApiErrorDetails } from '../client/intercom-api-error'
import { createAttribute } from './create-attribute'
import { toNamedValue, toValueRefusal } from './refused-values'

/** What the mapping chooses for an attribute that the workspace does not have. */
export type UnknownAttributes = 'leave_out' | 'create' | 'refuse'

/** From here up a number may be milliseconds, which a date attribute would read as the year 5138 or later. */
const FIRST_MILLISECOND_NUMBER = 1e11

/** How the fields of a contact or a company are named in losses, as the builders name them. */
interface Model {
  path: string
  customPath: string
  /** Fields whose name in losses differs from the key in the body. */
  names: Readonly<Record<string, string>>
  /** Fields that identify the object, which are never left out. */
  identity: ReadonlySet<string>
}

/** Fields whose values this package makes, so they are left out only if a rejection names them. */
const HARDLY_REFUSED: ReadonlySet<string> = new Set(['last_seen_at', 'update_last_request_at'])

const MODELS: Readonly<Record<AttributeModel, Model>> = {
  contact: { path: '', customPath: 'custom_attributes.', names: {}, identity: new Set(['role', 'external_id']) },
  company: {
    path: 'company.',
    customPath: 'company.custom_attributes.',
    names: { remote_created_at: 'created_at' },
    // A new company needs both (developers.intercom.com, the older description of companies).
    identity: new Set(['company_id', 'name'])
  }
}

/** The path of a company's custom attribute in a loss. */
export function toCompanyPath(name: string): string {
  return `${MODELS.company.customPath}${name}`
}

/** The path of a company's field in a loss. */
export function toCompanyFieldPath(name: string): string {
  return `${MODELS.company.path}${MODELS.company.names[name] ?? name}`
}

/** Saved mappings without the field leave unknown attributes out (docs/catalog-contract.md). */
export function toUnknownAttributes(value: unknown): UnknownAttributes {
  return value === 'create' || value === 'refuse' ? value : 'leave_out'
}

/** The parts of a call context that a writer uses. */
export interface AttributeAccess {
  readonly client: IntercomClient
  readonly workspace: { readonly attributeSchema: AttributeSchemaCache }
}

export interface AttributeRules {
  model: AttributeModel
  unknown: UnknownAttributes
  /** What is left out is added here. */
  losses: Loss[]
  /** Further fields that identify the object. */
  identity?: readonly string[]
  /** The write combines several events. A rejection is then resolved for each event by itself. */
  isMerged?: boolean
}

/** The standard fields and the custom attributes of one write. */
export interface Values<B extends object> {
  body: B
  custom: CustomAttributes
}

/**
 * Writes one object to Intercom, which rejects a whole request for one unacceptable value. Each attempt leaves out more
 * than the one before and records it as a loss:
 *
 * 1. everything; if the workspace's attributes are cached, converted to their types and without what does not fit;
 * 2. after the first rejection the attributes are read, and what does not fit is left out;
 * 3. without the value that the rejection names, if it can be recognised;
 * 4. without the fields that Intercom may reject, and without the custom attributes;
 * 5. the rejection is thrown.
 *
 * An object needs three calls at most, however many attributes do not fit, plus one for each attribute created. One writer
 * serves one object, so that an update after a failed creation starts from what the creation left out.
 */
export class AttributeWriter {
  readonly #omittedAttributes = new Set<string>()
  readonly #omittedFields = new Set<string>()
  readonly #created = new Map<string, DataAttribute>()
  readonly #attempted = new Set<'refresh' | 'named-value'>()
  readonly #client: IntercomClient
  readonly #schema: AttributeSchemaCache
  readonly #model: Model
  readonly #identity: ReadonlySet<string>

  constructor(
    { client, workspace }: AttributeAccess,
    private readonly rules: AttributeRules
  ) {
    this.#client = client
    this.#schema = workspace.attributeSchema
    this.#model = MODELS[rules.model]
    this.#identity = new Set([...this.#model.identity, ...(rules.identity ?? [])])
  }

  /** Calls until Intercom accepts the values. `custom` is `undefined` if no custom attribute is left. */
  async write<B extends object, T>(
    { body, custom }: Values<B>,
    call: (body: Partial<B>, custom: CustomAttributes | undefined) => Promise<T>
  ): Promise<T> {
    if (Object.values(custom).some(isPossiblyMilliseconds)) await this.#schema.read(this.#client, this.rules.model)
    for (;;) {
      const fitting = await this.#toFittingAttributes(custom)
      const fields: Partial<B> = { ...body }
      for (const name of this.#omittedFields) Reflect.deleteProperty(fields, name)
      try {
        return await call(fields, Object.keys(fitting).length === 0 ? undefined : fitting)
      } catch (thrown) {
        const refusal = toValueRefusal(thrown)
        if (!refusal || !(await this.#leaveOutMore(refusal, { body: fields, custom: fitting }))) throw thrown
      }
    }
  }

  /** The attributes that the workspace has, in their types. All of them if its attributes are not cached. */
  async #toFittingAttributes(custom: CustomAttributes): Promise<CustomAttributes> {
    const { model } = this.rules
    const known = this.#schema.peek(model)
    const fitting: [string, Scalar][] = []
    for (const [name, value] of Object.entries(custom)) {
      if (this.#omittedAttributes.has(name)) continue
      const isUnknown = known ? !known.has(name) : this.#schema.isMissing(model, name)
      if (isUnknown) await this.#handleUnknown(name, value)
      const converted = toFitting(value, known?.get(name) ?? this.#created.get(name))
      if (converted === undefined && !this.#omittedAttributes.has(name))
        this.#leaveOutAttribute(name, 'refused-by-intercom')
      if (converted !== undefined && !this.#omittedAttributes.has(name)) fitting.push([name, converted])
    }
    return Object.fromEntries(fitting)
  }

  /** Leaves out what may have caused the rejection; `false` if there is nothing left to leave out. */
  async #leaveOutMore(refusal: ApiErrorDetails, sent: Values<object>): Promise<boolean> {
    const { model, isMerged } = this.rules
    if (Object.keys(sent.custom).length > 0 && this.#isFirstAttempt('refresh')) {
      await this.#schema.refresh(this.#client, model)
      const before = this.#created.size
      const fitting = await this.#toFittingAttributes(sent.custom)
      if (this.#created.size > before || !isSame(fitting, sent.custom)) return true
    }
    if (isMerged) return false
    if (this.#isFirstAttempt('named-value') && (await this.#leaveOutNamed(refusal, sent))) return true
    const leaveOutAttributes = () => this.#leaveOutAll(sent.custom)
    const leaveOutFields = () =>
      this.#leaveOutFields(this.#toRefusable(sent.body).filter((name) => !isHardlyRefused(name)))
    // Custom attributes that were checked against the schema are left out last, unchecked ones first.
    const isChecked = this.#schema.peek(model) !== undefined
    if (isChecked ? leaveOutFields() || leaveOutAttributes() : leaveOutAttributes() || leaveOutFields()) return true
    // Intercom accepts any text as a name, so it is left out last.
    return this.#leaveOutFields(this.#toRefusable(sent.body).filter((name) => name === 'name'))
  }

  #isFirstAttempt(step: 'refresh' | 'named-value'): boolean {
    const isFirstAttempt = !this.#attempted.has(step)
    this.#attempted.add(step)
    return isFirstAttempt
  }

  async #leaveOutNamed(refusal: ApiErrorDetails, { body, custom }: Values<object>): Promise<boolean> {
    const names = Object.keys(custom)
    const named = toNamedValue(refusal, { standard: this.#toRefusable(body), custom: names })
    if (!named) return false
    if (named.kind === 'standard') {
      this.#leaveOutField(named.name)
      return true
    }
    const isUnknown = /does not exist/i.test(refusal.text) || refusal.code === 'field_not_found'
    const { unknown, model } = this.rules
    if (isUnknown && unknown === 'refuse') throw unknownAttributeError(named.name)
    if (this.#schema.peek(model)) {
      // The attribute was in the schema, but Intercom does not have it any more.
      if (isUnknown) await this.#schema.markMissing(model, named.name)
      this.#leaveOutAttribute(named.name, isUnknown ? 'unknown-attribute' : 'refused-by-intercom')
      return true
    }
    // The mapping rejects unknown attributes, and without the schema it is not clear which are unknown.
    if (unknown === 'refuse') return false
    // Intercom names the first one only. Those after it were not checked, and trying each would need too many calls.
    const [, ...unchecked] = names.slice(names.indexOf(named.name))
    if (isUnknown) await this.#handleUnknown(named.name, custom[named.name] ?? null)
    else this.#leaveOutAttribute(named.name, 'refused-by-intercom')
    for (const name of unchecked) this.#leaveOutAttribute(name, 'unchecked-attribute')
    return true
  }

  #leaveOutAll(custom: CustomAttributes): boolean {
    const names = Object.keys(custom)
    const isUnchecked = !this.#schema.peek(this.rules.model)
    if (isUnchecked && this.rules.unknown === 'refuse') return false
    for (const name of names) this.#leaveOutAttribute(name, isUnchecked ? 'unchecked-attribute' : 'refused-by-intercom')
    return names.length > 0
  }

  #leaveOutFields(names: readonly string[]): boolean {
    for (const name of names) this.#leaveOutField(name)
    return names.length > 0
  }

  #toRefusable(body: object): string[] {
    return Object.keys(body).filter((name) => !this.#identity.has(name))
  }

  async #handleUnknown(name: string, value: Scalar): Promise<void> {
    const { unknown, model } = this.rules
    if (unknown === 'refuse') throw unknownAttributeError(name)
    if (unknown === 'create') {
      // Another process may have created it since.
      await this.#schema.adopt(model)
      const created = this.#schema.peek(model)?.get(name)
      if (created) {
        this.#created.set(name, created)
        return
      }
    }
    const isToBeCreated = unknown === 'create' && !this.#schema.isMissing(model, name)
    const added = isToBeCreated ? await createAttribute(this.#client, model, name, value) : undefined
    if (added) {
      this.#created.set(name, added)
      await this.#schema.add(model, added)
      return
    }
    if (isToBeCreated || !this.#schema.peek(model)) await this.#schema.markMissing(model, name)
    this.#leaveOutAttribute(name, 'unknown-attribute')
  }

  #leaveOutField(name: string): void {
    this.#omittedFields.add(name)
    this.rules.losses.push({
      path: `${this.#model.path}${this.#model.names[name] ?? name}`,
      reason: 'refused-by-intercom'
    })
  }

  #leaveOutAttribute(name: string, reason: LossReason): void {
    this.#omittedAttributes.add(name)
    this.rules.losses.push({ path: `${this.#model.customPath}${name}`, reason })
  }
}

/** The value in the type of its attribute; unchanged if the attribute is not known. */
function toFitting(value: Scalar, attribute: DataAttribute | undefined): Scalar | undefined {
  if (!attribute) return value
  return attribute.isWritable ? toAttributeValue(value, attribute.data_type) : undefined
}

function isHardlyRefused(name: string): boolean {
  return name === 'name' || HARDLY_REFUSED.has(name)
}

function isPossiblyMilliseconds(value: Scalar): boolean {
  return typeof value === 'number' && Math.abs(value) >= FIRST_MILLISECOND_NUMBER
}

function isSame(a: CustomAttributes, b: CustomAttributes): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
