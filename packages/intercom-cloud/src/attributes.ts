import type { CustomAttributes, Loss, Scalar } from '@intercom-destinations/shared-mapping'
import type { AttributeBody, AttributeModel, IntercomApi } from './api'
import type { AttributeCatalog } from './attribute-catalog'
import { toAttributeValue } from './attribute-value'
import { unknownAttributeRefusal } from './errors'
import { IntercomFailure } from './failure'
import type { Session } from './session'

/** What the mapping wants where the workspace has no attribute of a name. */
export type UnknownAttributes = 'leave_out' | 'create' | 'refuse'

/** Intercom names one unknown attribute at a time; after so many it is a mapping that does not fit the workspace. */
const MAX_ROUNDS = 10

/** The place of the attributes in the losses' paths: the builders' words. */
const PATHS = { contact: 'custom_attributes', company: 'company.custom_attributes' } as const

export function toCompanyPath(name: string): string {
  return `${PATHS.company}.${name}`
}

/** A saved mapping without the field leaves unknown attributes out (the catalog contract's safe choice). */
export function toUnknownAttributes(value: unknown): UnknownAttributes {
  return value === 'create' || value === 'refuse' ? value : 'leave_out'
}

/**
 * Writes custom attributes although Intercom refuses a whole request for one it does not know. What the workspace has is
 * asked for at the first refusal; from then on what it lacks is known beforehand.
 * One writer serves one object, so that what was learned on creating holds for the update after it.
 */
export class AttributeWriter {
  readonly #leftOut = new Set<string>()
  readonly #created = new Set<string>()
  readonly #api: IntercomApi
  readonly #catalog: AttributeCatalog
  #rounds = 0

  constructor(
    { api, memory }: Session,
    private readonly model: AttributeModel,
    private readonly unknown: UnknownAttributes,
    /** Where what is left out is written down. */
    private readonly losses: Loss[]
  ) {
    this.#api = api
    this.#catalog = memory.attributes
  }

  /** Calls with as many of the attributes as Intercom takes. */
  async write<T>(
    custom: CustomAttributes | undefined,
    call: (custom: CustomAttributes | undefined) => Promise<T>
  ): Promise<T> {
    for (;;) {
      const left = await this.#screen(custom ?? {})
      try {
        return await call(left.length === 0 ? undefined : Object.fromEntries(left))
      } catch (thrown) {
        const refused = toRefusedAttribute(thrown, left)
        if (!refused || this.#rounds >= MAX_ROUNDS) throw thrown
        this.#rounds += 1
        await this.#settle(refused)
      }
    }
  }

  /** What the workspace has, as far as that is known, in its own types. */
  async #screen(custom: CustomAttributes): Promise<[string, Scalar][]> {
    const known = this.#catalog.peek(this.model)
    if (known)
      for (const [name, value] of Object.entries(custom)) {
        const attribute = known.get(name)
        if (!attribute && !this.#leftOut.has(name)) await this.#meetUnknown(name, value)
        if (attribute && !attribute.isWritable && !this.#leftOut.has(name)) this.#leaveOut(name, 'refused-by-intercom')
      }
    const left = Object.entries(custom).filter(([name]) => !this.#leftOut.has(name))
    return left.map(([name, value]) => {
      const attribute = known?.get(name)
      return [name, attribute ? (toAttributeValue(value, attribute.data_type) ?? value) : value]
    })
  }

  async #settle({ name, value, isUnknown }: RefusedAttribute): Promise<void> {
    const isNews = this.#catalog.peek(this.model) === undefined
    if (isNews) await this.#catalog.read(this.#api, this.model)
    const known = this.#catalog.peek(this.model)?.get(name)
    // With the attribute's type known, the value may be one that fits.
    if (isNews && known && !isUnknown && (toAttributeValue(value, known.data_type) ?? value) !== value) return
    if (!isUnknown) {
      this.#leaveOut(name, 'refused-by-intercom')
      return
    }
    // The list showed it, and Intercom does not know it any more.
    this.#catalog.remove(this.model, name)
    await this.#meetUnknown(name, value)
  }

  async #meetUnknown(name: string, value: Scalar): Promise<void> {
    if (this.unknown === 'refuse') throw unknownAttributeRefusal(name)
    const data_type = this.unknown === 'create' && !this.#created.has(name) ? toDataType(name, value) : undefined
    if (data_type === undefined) {
      this.#leaveOut(name, 'unknown-attribute')
      return
    }
    this.#created.add(name)
    await this.#create({ name, model: this.model, data_type })
  }

  async #create(body: AttributeBody): Promise<void> {
    try {
      await this.#api.createAttribute(body)
    } catch (thrown) {
      if (!(thrown instanceof IntercomFailure) || !(thrown.has(400) || thrown.has(403) || thrown.has(422))) throw thrown
      const { text } = thrown.facts
      // "You already have 'x'": another worker was faster, so it is there now; but a name that the other model has taken
      // needs "a different name" (facts A6).
      if (!/^You already have /i.test(text) || /use a different name/i.test(text)) {
        this.#leaveOut(body.name, 'unknown-attribute')
        return
      }
    }
    this.#catalog.add(this.model, { ...body, isWritable: true })
  }

  #leaveOut(name: string, reason: 'unknown-attribute' | 'refused-by-intercom'): void {
    this.#leftOut.add(name)
    this.losses.push({ path: `${PATHS[this.model]}.${name}`, reason })
  }
}

interface RefusedAttribute {
  name: string
  value: Scalar
  isUnknown: boolean
}

/** `Custom attribute 'x' does not exist`, or another 400 that names one of the attributes sent. */
function toRefusedAttribute(thrown: unknown, sent: [string, Scalar][]): RefusedAttribute | undefined {
  if (!(thrown instanceof IntercomFailure) || !(thrown.has(400) || thrown.has(422))) return undefined
  const { text, field } = thrown.facts
  const named = sent.filter(([name]) => text.includes(`'${name}'`) || isFieldOf(field, name))
  // Names may stand inside one another; the longest is the one that is meant.
  const [first] = named.sort(([a], [b]) => b.length - a.length)
  if (!first) return undefined
  const [name, value] = first
  return { name, value, isUnknown: /does not exist/i.test(text) || thrown.facts.code === 'field_not_found' }
}

function isFieldOf(field: string | undefined, name: string): boolean {
  return field === name || field === `custom_attributes.${name}`
}

/** Intercom itself makes dates of new names that end in `_at` (help article 3605703). `null` tells no type. */
function toDataType(name: string, value: Scalar): AttributeBody['data_type'] | undefined {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (value === null) return undefined
  if (!Number.isInteger(value)) return 'float'
  return name.endsWith('_at') ? 'datetime' : 'integer'
}
