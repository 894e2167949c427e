import type { CustomAttributes, Loss, Scalar } from '@intercom-destinations/shared-mapping'
import type { AttributeBody, AttributeModel, IntercomApi } from './api'
import { unknownAttributeRefusal } from './errors'
import { IntercomFailure } from './failure'

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
 * Writes custom attributes although Intercom refuses a whole request for one it does not know.
 * One writer serves one object, so that what was learned on creating holds for the update after it.
 * Asking the workspace beforehand, and remembering the answer, will live here too.
 */
export class AttributeWriter {
  readonly #leftOut = new Set<string>()
  readonly #created = new Set<string>()
  #rounds = 0

  constructor(
    private readonly api: IntercomApi,
    private readonly model: AttributeModel,
    private readonly unknown: UnknownAttributes,
    /** Where what is left out is written down. */
    private readonly losses: Loss[]
  ) {}

  /** Calls with as many of the attributes as Intercom takes. */
  async write<T>(
    custom: CustomAttributes | undefined,
    call: (custom: CustomAttributes | undefined) => Promise<T>
  ): Promise<T> {
    for (;;) {
      const left = Object.entries(custom ?? {}).filter(([name]) => !this.#leftOut.has(name))
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

  async #settle({ name, value, isUnknown }: RefusedAttribute): Promise<void> {
    if (!isUnknown) return this.#leaveOut(name, 'refused-by-intercom')
    if (this.unknown === 'refuse') throw unknownAttributeRefusal(name)
    const data_type = this.unknown === 'create' && !this.#created.has(name) ? toDataType(name, value) : undefined
    if (data_type === undefined) return this.#leaveOut(name, 'unknown-attribute')
    this.#created.add(name)
    await this.#create({ name, model: this.model, data_type })
  }

  async #create(body: AttributeBody): Promise<void> {
    try {
      await this.api.createAttribute(body)
    } catch (thrown) {
      if (!(thrown instanceof IntercomFailure) || !(thrown.has(400) || thrown.has(403) || thrown.has(422))) throw thrown
      // "You already have 'x'": another worker was faster, so it is there now (facts A6).
      if (/^You already have /i.test(thrown.facts.text)) return
      this.#leaveOut(body.name, 'unknown-attribute')
    }
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
