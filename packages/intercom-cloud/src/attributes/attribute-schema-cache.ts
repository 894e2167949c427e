import type { IntercomClient } from '../client/intercom-client'
import type { AttributeModel, DataAttribute } from '../client/types'
import type { Clock } from '../clock'
import { isPermanent } from '../errors'
import { FORBIDDEN } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'

/** People seldom add attributes, and hardly ever remove one. */
const MAX_AGE_MS = 10 * 60 * 1000

/** After a rejection a list younger than this is not read again: the rejection must have another cause. */
const MIN_REREAD_AGE_MS = 60 * 1000

interface Schema {
  readAt: number
  /** `undefined` if the token lacks the scope to read them. */
  attributes: Map<string, DataAttribute> | undefined
  /** Names that Intercom refused to create, or reported as unknown. */
  missing: Set<string>
}

/**
 * The custom attributes of one workspace. They are read when Intercom first rejects a value, so a workspace whose mapping
 * fits needs no extra call.
 */
export class AttributeSchemaCache {
  readonly #schemas = new Map<AttributeModel, Schema>()

  constructor(private readonly clock: Clock) {}

  /** The cached attributes, without a call. */
  peek(model: AttributeModel): Map<string, DataAttribute> | undefined {
    return this.#findFresh(model)?.attributes
  }

  /** Reads the attributes unless they are cached. */
  async read(client: IntercomClient, model: AttributeModel): Promise<void> {
    if (!this.#findFresh(model)) await this.#read(client, model)
  }

  /** Reads the attributes after a rejection, because the cached ones may be outdated. */
  async refresh(client: IntercomClient, model: AttributeModel): Promise<void> {
    const schema = this.#findFresh(model)
    const isCurrent = schema && (schema.attributes === undefined || this.clock() - schema.readAt < MIN_REREAD_AGE_MS)
    if (!isCurrent) await this.#read(client, model)
  }

  /** Adds an attribute that was created since. */
  add(model: AttributeModel, attribute: DataAttribute): void {
    this.#schemas.get(model)?.attributes?.set(attribute.name, attribute)
  }

  /** Records a name that Intercom does not have and that is not tried again for now. */
  markMissing(model: AttributeModel, name: string): void {
    const schema = this.#schemas.get(model)
    schema?.attributes?.delete(name)
    schema?.missing.add(name)
  }

  isMissing(model: AttributeModel, name: string): boolean {
    return this.#findFresh(model)?.missing.has(name) ?? false
  }

  #findFresh(model: AttributeModel): Schema | undefined {
    const schema = this.#schemas.get(model)
    return schema && this.clock() - schema.readAt < MAX_AGE_MS ? schema : undefined
  }

  async #read(client: IntercomClient, model: AttributeModel): Promise<void> {
    const readAt = this.clock()
    try {
      const attributes = await client.findAttributes(model)
      this.#schemas.set(model, {
        readAt,
        attributes: new Map(attributes.map((attribute) => [attribute.name, attribute])),
        missing: new Set()
      })
    } catch (thrown) {
      // Without the scope to read them, only Intercom's rejections show what does not fit.
      if (!isPermanent(thrown)) throw thrown
      // Any other rejection may not occur the next time.
      if (hasStatus(thrown, FORBIDDEN)) this.#schemas.set(model, { readAt, attributes: undefined, missing: new Set() })
    }
  }
}
