import type { IntercomClient } from '../client/intercom-client'
import type { AttributeModel, DataAttribute } from '../client/types'
import type { Clock } from '../clock'
import { isPermanent } from '../errors'
import { IntercomApiError } from '../client/intercom-api-error'

/** How long the workspace's attributes are taken to be what they were: people add some, and seldom remove one. */
const MAX_AGE_MS = 10 * 60 * 1000

/** A list this young is not read again because Intercom refuses something: what it refuses is something else. */
const SETTLED_MS = 60 * 1000

interface Known {
  readAt: number
  /** `undefined`: the connection may not read them. */
  attributes: Map<string, DataAttribute> | undefined
  /** What Intercom would not create, or, where the list cannot be read, named as unknown. */
  missing: Set<string>
}

/**
 * The workspace's attributes, read when Intercom first refuses one and remembered from then on: a workspace whose
 * mapping fits never pays for the question.
 */
export class AttributeSchemaCache {
  readonly #known = new Map<AttributeModel, Known>()

  constructor(private readonly clock: Clock) {}

  /** What is known without asking. */
  peek(model: AttributeModel): Map<string, DataAttribute> | undefined {
    return this.#fresh(model)?.attributes
  }

  /** Asks, unless it was asked a short while ago. */
  async read(client: IntercomClient, model: AttributeModel): Promise<void> {
    if (!this.#fresh(model)) await this.#read(client, model)
  }

  /** Asks after a refusal: what is remembered may not be true any more. */
  async readAgain(client: IntercomClient, model: AttributeModel): Promise<void> {
    const known = this.#fresh(model)
    const isSettled = known && (known.attributes === undefined || this.clock() - known.readAt < SETTLED_MS)
    if (!isSettled) await this.#read(client, model)
  }

  /** One that was created since. */
  add(model: AttributeModel, attribute: DataAttribute): void {
    this.#known.get(model)?.attributes?.set(attribute.name, attribute)
  }

  /** One that Intercom does not have, and that is not to be tried again soon. */
  miss(model: AttributeModel, name: string): void {
    const known = this.#known.get(model)
    known?.attributes?.delete(name)
    known?.missing.add(name)
  }

  isMissing(model: AttributeModel, name: string): boolean {
    return this.#fresh(model)?.missing.has(name) ?? false
  }

  #fresh(model: AttributeModel): Known | undefined {
    const known = this.#known.get(model)
    return known && this.clock() - known.readAt < MAX_AGE_MS ? known : undefined
  }

  async #read(client: IntercomClient, model: AttributeModel): Promise<void> {
    const readAt = this.clock()
    try {
      const attributes = await client.findAttributes(model)
      this.#known.set(model, {
        readAt,
        attributes: new Map(attributes.map((one) => [one.name, one])),
        missing: new Set()
      })
    } catch (thrown) {
      // Without the scope to read them, Intercom's refusals have to do.
      if (!isPermanent(thrown)) throw thrown
      // Any other refusal may be gone the next time.
      const isForbidden = thrown instanceof IntercomApiError && thrown.status === 403
      if (isForbidden) this.#known.set(model, { readAt, attributes: undefined, missing: new Set() })
    }
  }
}
