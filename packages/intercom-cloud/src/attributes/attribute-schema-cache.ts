import type { IntercomClient } from '../client/intercom-client'
import type { AttributeModel, DataAttribute } from '../client/types'
import type { Clock } from '../clock'
import { isPermanent } from '../errors'
import { FORBIDDEN } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'
import { MAX_LIST_AGE_MS, MIN_LIST_REREAD_AGE_MS } from '../state/cached-list'
import type { WorkspaceState } from '../state/state-store'
import { readSharedSchema, shareSchema, type Schema } from './shared-schema'

/**
 * The custom attributes of one workspace. They are read when Intercom first rejects a value, so a workspace whose mapping
 * fits needs no extra call. A shared state has them from the process that read them first.
 */
export class AttributeSchemaCache {
  readonly #schemas = new Map<AttributeModel, Schema>()

  constructor(
    private readonly clock: Clock,
    private readonly shared?: Pick<WorkspaceState, 'read' | 'merge'>
  ) {}

  /** The cached attributes, without a call. */
  peek(model: AttributeModel): ReadonlyMap<string, DataAttribute> | undefined {
    return this.#findFresh(model)?.attributes
  }

  /** Reads the attributes unless they are cached. */
  async read(client: IntercomClient, model: AttributeModel): Promise<void> {
    if (this.#findFresh(model)) return
    await this.adopt(model)
    if (!this.#findFresh(model)) await this.#read(client, model)
  }

  /** Reads the attributes after a rejection, because the cached ones may be outdated. */
  async refresh(client: IntercomClient, model: AttributeModel): Promise<void> {
    if (this.#isCurrent(model)) return
    await this.adopt(model)
    if (!this.#isCurrent(model)) await this.#read(client, model)
  }

  /** Takes over what another process read later than this one, or created since. */
  async adopt(model: AttributeModel): Promise<void> {
    const schema = this.shared && (await readSharedSchema(this.shared, model, this.clock()))
    const own = this.#schemas.get(model)
    if (schema && (!own || schema.readAt >= own.readAt)) this.#schemas.set(model, schema)
  }

  /** Adds an attribute that was created since. */
  async add(model: AttributeModel, attribute: DataAttribute): Promise<void> {
    const schema = this.#schemas.get(model)
    schema?.attributes?.set(attribute.name, attribute)
    await this.#share(model, schema)
  }

  /** Records a name that Intercom does not have and that is not tried again for now. */
  async markMissing(model: AttributeModel, name: string): Promise<void> {
    const schema = this.#schemas.get(model)
    schema?.attributes?.delete(name)
    schema?.missing.add(name)
    await this.#share(model, schema)
  }

  isMissing(model: AttributeModel, name: string): boolean {
    return this.#findFresh(model)?.missing.has(name) ?? false
  }

  #isCurrent(model: AttributeModel): boolean {
    const schema = this.#findFresh(model)
    return (
      schema !== undefined && (schema.attributes === undefined || this.clock() - schema.readAt < MIN_LIST_REREAD_AGE_MS)
    )
  }

  #findFresh(model: AttributeModel): Schema | undefined {
    const schema = this.#schemas.get(model)
    return schema && this.clock() - schema.readAt < MAX_LIST_AGE_MS ? schema : undefined
  }

  async #read(client: IntercomClient, model: AttributeModel): Promise<void> {
    const readAt = this.clock()
    try {
      const attributes = await client.findAttributes(model)
      await this.#set(model, {
        readAt,
        attributes: new Map(attributes.map((attribute) => [attribute.name, attribute])),
        missing: new Set()
      })
    } catch (thrown) {
      // Without the scope to read them, only Intercom's rejections show what does not fit.
      if (!isPermanent(thrown)) throw thrown
      // Any other rejection may not occur the next time.
      if (hasStatus(thrown, FORBIDDEN)) await this.#set(model, { readAt, attributes: undefined, missing: new Set() })
    }
  }

  async #set(model: AttributeModel, schema: Schema): Promise<void> {
    this.#schemas.set(model, schema)
    await this.#share(model, schema)
  }

  async #share(model: AttributeModel, schema: Schema | undefined): Promise<void> {
    if (this.shared && schema) await shareSchema(this.shared, model, schema, this.clock())
  }
}
