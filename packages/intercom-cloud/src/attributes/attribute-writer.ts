import type { CustomAttributes, Loss, LossReason, Scalar } from '@intercom-destinations/shared-mapping'
import type { IntercomClient } from '../client/intercom-client'
import type { AttributeModel, DataAttribute } from '../client/types'
import type { AttributeSchemaCache } from './attribute-schema-cache'
import { toAttributeValue } from './attribute-value'
import { unknownAttributeError } from '../errors'
import type { ApiErrorDetails } from '../client/intercom-api-error'
import { createAttribute } from './create-attribute'
import { toBlamed, toValueRefusal } from './refused-values'

/** What the mapping wants where the workspace has no attribute of a name. */
export type UnknownAttributes = 'leave_out' | 'create' | 'refuse'

/** From here up a number may be milliseconds, which a date attribute would take for the year 5138 or a later one. */
const FIRST_MILLISECOND_NUMBER = 1e11

/** What a write holds beside the custom attributes, and how its parts are called in the losses: the builders' words. */
interface Model {
  path: string
  customPath: string
  /** Other words than the key's own. */
  names: Readonly<Record<string, string>>
  /** What identifies the object, so that without it there is nothing to write to. */
  identity: ReadonlySet<string>
}

/** Made here, of nothing that could be wrong with them. They go only where a refusal names them. */
const NEVER_REFUSED: ReadonlySet<string> = new Set(['last_seen_at', 'update_last_request_at'])

const MODELS: Readonly<Record<AttributeModel, Model>> = {
  contact: { path: '', customPath: 'custom_attributes.', names: {}, identity: new Set(['role', 'external_id']) },
  company: {
    path: 'company.',
    customPath: 'company.custom_attributes.',
    names: { remote_created_at: 'created_at' },
    // A new company is told by both (developers.intercom.com, the older description of companies).
    identity: new Set(['company_id', 'name'])
  }
}

/** Where a custom attribute of a company stands in the losses. */
export function toCompanyPath(name: string): string {
  return `${MODELS.company.customPath}${name}`
}

/** Where a field of a company stands in the losses. */
export function toCompanyFieldPath(name: string): string {
  return `${MODELS.company.path}${MODELS.company.names[name] ?? name}`
}

/** A saved mapping without the field leaves unknown attributes out (the catalog contract's safe choice). */
export function toUnknownAttributes(value: unknown): UnknownAttributes {
  return value === 'create' || value === 'refuse' ? value : 'leave_out'
}

/** The parts of a call context that a writer uses. */
export interface AttributeAccess {
  readonly client: IntercomClient
  readonly cache: { readonly attributeSchema: AttributeSchemaCache }
}

export interface AttributeRules {
  model: AttributeModel
  unknown: UnknownAttributes
  /** Where what is left out is written down. */
  losses: Loss[]
  /** Without these the object cannot be told from others, beside what always identifies it. */
  identity?: readonly string[]
  /** Several events in one write: what is refused is better sought in each of them alone. */
  isMerged?: boolean
}

/** What is written: fields of Intercom's own, and custom attributes. */
export interface Values<B extends object> {
  body: B
  custom: CustomAttributes
}

/**
 * Writes one object although Intercom refuses a whole request for one value that it does not take. By what it is about
 * a refusal is recognised, not by its sentence. Each step leaves out more than the one before, and names it:
 *
 * 1. everything; once the workspace's attributes are known, in their types and without what does not fit;
 * 2. after the first refusal the attributes are read, and what does not fit is left out;
 * 3. without what the refusal names, where that can be read;
 * 4. without the fields that Intercom may refuse, and in the end without the custom attributes;
 * 5. refused.
 *
 * So an object costs three calls at most, however many of its attributes do not fit, and one for each attribute created.
 * One writer serves one object, so that what was learned on creating holds for the update after it.
 */
export class AttributeWriter {
  readonly #leftOut = new Set<string>()
  readonly #dropped = new Set<string>()
  readonly #created = new Map<string, DataAttribute>()
  readonly #tried = new Set<'list' | 'blame'>()
  readonly #api: IntercomClient
  readonly #catalog: AttributeSchemaCache
  readonly #model: Model
  readonly #identity: ReadonlySet<string>

  constructor(
    { client, cache }: AttributeAccess,
    private readonly rules: AttributeRules
  ) {
    this.#api = client
    this.#catalog = cache.attributeSchema
    this.#model = MODELS[rules.model]
    this.#identity = new Set([...this.#model.identity, ...(rules.identity ?? [])])
  }

  /** Calls with as much as Intercom takes; `custom` is absent where none are left. */
  async write<B extends object, T>(
    { body, custom }: Values<B>,
    call: (body: Partial<B>, custom: CustomAttributes | undefined) => Promise<T>
  ): Promise<T> {
    if (Object.values(custom).some(isPerhapsMilliseconds)) await this.#catalog.read(this.#api, this.rules.model)
    for (;;) {
      const left = await this.#screen(custom)
      const kept: Partial<B> = { ...body }
      for (const name of this.#dropped) Reflect.deleteProperty(kept, name)
      try {
        return await call(kept, Object.keys(left).length === 0 ? undefined : left)
      } catch (thrown) {
        const refusal = toValueRefusal(thrown)
        if (!refusal || !(await this.#giveWay(refusal, { body: kept, custom: left }))) throw thrown
      }
    }
  }

  /** What the workspace has, as far as that is known, in its own types. */
  async #screen(custom: CustomAttributes): Promise<CustomAttributes> {
    const { model } = this.rules
    const known = this.#catalog.peek(model)
    const left: [string, Scalar][] = []
    for (const [name, value] of Object.entries(custom)) {
      if (this.#leftOut.has(name)) continue
      const isUnknown = known ? !known.has(name) : this.#catalog.isMissing(model, name)
      if (isUnknown) await this.#meetUnknown(name, value)
      const fitting = toFitting(value, known?.get(name) ?? this.#created.get(name))
      if (fitting === undefined && !this.#leftOut.has(name)) this.#leaveOut(name, 'refused-by-intercom')
      if (fitting !== undefined && !this.#leftOut.has(name)) left.push([name, fitting])
    }
    return Object.fromEntries(left)
  }

  /** Makes the next step possible; `false` where there is none. */
  async #giveWay(refusal: ApiErrorDetails, sent: Values<object>): Promise<boolean> {
    const { model, isMerged } = this.rules
    if (Object.keys(sent.custom).length > 0 && this.#isFirst('list')) {
      await this.#catalog.readAgain(this.#api, model)
      const before = this.#created.size
      const left = await this.#screen(sent.custom)
      if (this.#created.size > before || !isSame(left, sent.custom)) return true
    }
    if (isMerged) return false
    if (this.#isFirst('blame') && (await this.#leaveOutBlamed(refusal, sent))) return true
    const attributes = () => this.#leaveOutAll(sent.custom)
    const fields = () => this.#dropFields(this.#toRefusable(sent.body).filter((name) => !isHardlyRefused(name)))
    // Where the list tells that they fit, the custom attributes are suspected late; else they are the first.
    const isChecked = this.#catalog.peek(model) !== undefined
    if (isChecked ? fields() || attributes() : attributes() || fields()) return true
    // A name is taken in whatever form, so it is the last to go.
    return this.#dropFields(this.#toRefusable(sent.body).filter((name) => name === 'name'))
  }

  #isFirst(step: 'list' | 'blame'): boolean {
    const isFirst = !this.#tried.has(step)
    this.#tried.add(step)
    return isFirst
  }

  async #leaveOutBlamed(refusal: ApiErrorDetails, { body, custom }: Values<object>): Promise<boolean> {
    const names = Object.keys(custom)
    const blamed = toBlamed(refusal, { standard: this.#toRefusable(body), custom: names })
    if (!blamed) return false
    if (blamed.kind === 'standard') {
      this.#drop(blamed.name)
      return true
    }
    const isUnknown = /does not exist/i.test(refusal.text) || refusal.code === 'field_not_found'
    const { unknown, model } = this.rules
    if (isUnknown && unknown === 'refuse') throw unknownAttributeError(blamed.name)
    if (this.#catalog.peek(model)) {
      // The list showed it, and Intercom does not know it any more.
      if (isUnknown) this.#catalog.miss(model, blamed.name)
      this.#leaveOut(blamed.name, isUnknown ? 'unknown-attribute' : 'refused-by-intercom')
      return true
    }
    // Whether the workspace has it cannot be told, and the mapping wants the event refused where it has not.
    if (unknown === 'refuse') return false
    // Intercom names the first of them. Those behind it were not looked at, and there are no calls to try each.
    const [, ...behind] = names.slice(names.indexOf(blamed.name))
    if (isUnknown) await this.#meetUnknown(blamed.name, custom[blamed.name] ?? null)
    else this.#leaveOut(blamed.name, 'refused-by-intercom')
    for (const name of behind) this.#leaveOut(name, 'unchecked-attribute')
    return true
  }

  #leaveOutAll(custom: CustomAttributes): boolean {
    const names = Object.keys(custom)
    const isUnchecked = !this.#catalog.peek(this.rules.model)
    if (isUnchecked && this.rules.unknown === 'refuse') return false
    for (const name of names) this.#leaveOut(name, isUnchecked ? 'unchecked-attribute' : 'refused-by-intercom')
    return names.length > 0
  }

  #dropFields(names: readonly string[]): boolean {
    for (const name of names) this.#drop(name)
    return names.length > 0
  }

  #toRefusable(body: object): string[] {
    return Object.keys(body).filter((name) => !this.#identity.has(name))
  }

  async #meetUnknown(name: string, value: Scalar): Promise<void> {
    const { unknown, model } = this.rules
    if (unknown === 'refuse') throw unknownAttributeError(name)
    const isWorthCreating = unknown === 'create' && !this.#catalog.isMissing(model, name)
    const created = isWorthCreating ? await createAttribute(this.#api, model, name, value) : undefined
    if (created) {
      this.#created.set(name, created)
      this.#catalog.add(model, created)
      return
    }
    if (isWorthCreating || !this.#catalog.peek(model)) this.#catalog.miss(model, name)
    this.#leaveOut(name, 'unknown-attribute')
  }

  #drop(name: string): void {
    this.#dropped.add(name)
    this.rules.losses.push({
      path: `${this.#model.path}${this.#model.names[name] ?? name}`,
      reason: 'refused-by-intercom'
    })
  }

  #leaveOut(name: string, reason: LossReason): void {
    this.#leftOut.add(name)
    this.rules.losses.push({ path: `${this.#model.customPath}${name}`, reason })
  }
}

/** The value as the attribute takes it; as it is where the attribute is not known. */
function toFitting(value: Scalar, attribute: DataAttribute | undefined): Scalar | undefined {
  if (!attribute) return value
  return attribute.isWritable ? toAttributeValue(value, attribute.data_type) : undefined
}

function isHardlyRefused(name: string): boolean {
  return name === 'name' || NEVER_REFUSED.has(name)
}

function isPerhapsMilliseconds(value: Scalar): boolean {
  return typeof value === 'number' && Math.abs(value) >= FIRST_MILLISECOND_NUMBER
}

function isSame(a: CustomAttributes, b: CustomAttributes): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
