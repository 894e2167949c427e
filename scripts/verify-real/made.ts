import { below, isOk, listBelow, textBelow, type Ask, type Exchange } from './api'

/** Creates the entities of a run, and removes them again. */
export interface Made {
  /** `POST /contacts`. The external id finds the contact again if its answer was lost. */
  readonly contact: (body: { external_id: string; [key: string]: unknown }) => Promise<Exchange>
  readonly company: (body: { company_id: string; [key: string]: unknown }) => Promise<Exchange>
  /** Declares a custom attribute of contacts, or restores the one of an earlier run. */
  readonly attribute: (name: string, dataType: string) => Promise<void>
  /** Removes everything. Returns what could not be removed. */
  readonly clean: () => Promise<Cleaned>
}

export interface Cleaned {
  readonly contacts: number
  readonly companies: number
  readonly attributes: number
  /** One sentence each, without a secret. */
  readonly left: readonly string[]
}

interface Thing {
  readonly kind: 'contacts' | 'companies' | 'attributes'
  readonly name: string
  /** Intercom's id, once it is known. */
  id: string | undefined
  readonly find: () => Promise<Exchange>
  readonly remove: (id: string) => Promise<Exchange>
}

const GONE = 404

export const createMade = (ask: Ask): Made => {
  const things: Thing[] = []

  /** Registers the entity before the call, because it may exist even if the answer is lost. */
  const make = async (thing: Thing, method: string, path: string, body: unknown): Promise<Exchange> => {
    things.push(thing)
    const exchange = await ask(method, path, { body })
    thing.id = textBelow(exchange.reply, 'id')
    const refused = exchange.status >= 400 && exchange.status < 500
    if (refused) things.splice(things.indexOf(thing), 1)
    return exchange
  }

  const contact: Made['contact'] = (body) => {
    const external = encodeURIComponent(body.external_id)
    const thing: Thing = {
      kind: 'contacts',
      name: `the contact ${body.external_id}`,
      id: undefined,
      find: () => ask('GET', `/contacts/find_by_external_id/${external}`),
      remove: (id) => ask('DELETE', `/contacts/${id}`)
    }
    return make(thing, 'POST', '/contacts', body)
  }

  const company: Made['company'] = (body) =>
    make(
      {
        kind: 'companies',
        name: `the company ${body.company_id}`,
        id: undefined,
        find: () => ask('GET', '/companies', { query: { company_id: body.company_id } }),
        remove: (id) => ask('DELETE', `/companies/${id}`)
      },
      'POST',
      '/companies',
      body
    )

  const attribute: Made['attribute'] = async (name, dataType) => {
    const list = () => ask('GET', '/data_attributes', { query: { model: 'contact', include_archived: 'true' } })
    const known = listBelow((await list()).reply, 'data').find((one) => textBelow(one, 'name') === name)
    const thing: Thing = {
      kind: 'attributes',
      name: `the attribute ${name}`,
      id: textBelow(known, 'id'),
      find: list,
      remove: (id) => ask('PUT', `/data_attributes/${id}`, { body: { archived: true } })
    }
    if (known === undefined) {
      const made = await make(thing, 'POST', '/data_attributes', { name, model: 'contact', data_type: dataType })
      if (!isOk(made)) throw new Error(`The attribute ${name} could not be made: ${made.status}`)
      return
    }
    things.push(thing)
    if (below(known, 'archived') !== true) return
    const back = await ask('PUT', `/data_attributes/${thing.id ?? ''}`, { body: { archived: false } })
    if (!isOk(back)) throw new Error(`The attribute ${name} could not be brought back: ${back.status}`)
  }

  const remove = async (thing: Thing): Promise<string | undefined> => {
    try {
      const found = thing.id === undefined ? await thing.find() : undefined
      if (found?.status === GONE) return undefined
      const named = listBelow(found?.reply, 'data').find((one) =>
        thing.name.endsWith(` ${textBelow(one, 'name') ?? ''}`)
      )
      const id = thing.id ?? textBelow(found?.reply, 'id') ?? textBelow(named, 'id')
      if (id === undefined) return `${thing.name}: it was not found again`
      const { status } = await thing.remove(id)
      return status === GONE || (status >= 200 && status < 300) ? undefined : `${thing.name}: ${status}`
    } catch {
      return `${thing.name}: no answer`
    }
  }

  const clean = async (): Promise<Cleaned> => {
    const gone = { contacts: 0, companies: 0, attributes: 0 }
    const left: string[] = []
    // In reverse order: attributes are archived last, when no contact has a value for them.
    for (const thing of things.splice(0).reverse()) {
      const failure = await remove(thing)
      if (failure === undefined) gone[thing.kind] += 1
      else left.push(failure)
    }
    return { ...gone, left }
  }

  return { contact, company, attribute, clean }
}
