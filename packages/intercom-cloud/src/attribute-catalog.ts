import type { AttributeModel, DataAttribute, IntercomApi } from './api'
import type { Clock } from './clock'
import { isRefused } from './errors'

/** How long the workspace's attributes are taken to be what they were: people add some, and seldom remove one. */
const MAX_AGE_MS = 10 * 60 * 1000

interface Known {
  readAt: number
  /** `undefined`: the connection may not read them. */
  attributes: Map<string, DataAttribute> | undefined
}

/**
 * The workspace's attributes, read when Intercom first refuses one and remembered from then on: a workspace whose
 * mapping fits never pays for the question.
 */
export class AttributeCatalog {
  readonly #known = new Map<AttributeModel, Known>()

  constructor(private readonly clock: Clock) {}

  /** What is known without asking. */
  peek(model: AttributeModel): Map<string, DataAttribute> | undefined {
    const known = this.#known.get(model)
    return known && this.clock() - known.readAt < MAX_AGE_MS ? known.attributes : undefined
  }

  /** Asks, unless it was asked a short while ago. */
  async read(api: IntercomApi, model: AttributeModel): Promise<void> {
    const known = this.#known.get(model)
    const readAt = this.clock()
    if (known && readAt - known.readAt < MAX_AGE_MS) return
    try {
      const attributes = await api.findAttributes(model)
      this.#known.set(model, { readAt, attributes: new Map(attributes.map((one) => [one.name, one])) })
    } catch (thrown) {
      // Without the scope to read them, Intercom's refusals have to do.
      if (!isRefused(thrown)) throw thrown
      this.#known.set(model, { readAt, attributes: undefined })
    }
  }

  /** One that was created since. */
  add(model: AttributeModel, attribute: DataAttribute): void {
    this.#known.get(model)?.attributes?.set(attribute.name, attribute)
  }

  /** One that Intercom does not have after all. */
  remove(model: AttributeModel, name: string): void {
    this.#known.get(model)?.attributes?.delete(name)
  }
}
