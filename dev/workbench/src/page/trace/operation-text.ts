import type { Call, EventTrace, Json, JsonObject, Side } from '../../contract'

/** Ids that Intercom has generated, with the placeholders that examples use. */
type MadeUpIds = ReadonlyMap<string, '{contact}' | '{company}' | '{tag}'>

const WRITTEN = {
  contact: '{contact}',
  user: '{contact}',
  lead: '{contact}',
  company: '{company}',
  tag: '{tag}'
} as const

const isNamed = (kind: string): kind is keyof typeof WRITTEN => Object.hasOwn(WRITTEN, kind)

/** Collects the generated ids from answers and from the affected entities. */
export function findMadeUpIds({ cloud, held = [] }: Pick<EventTrace, 'cloud' | 'held'>): MadeUpIds {
  const ids = new Map<string, '{contact}' | '{company}' | '{tag}'>()
  for (const { kind, id } of held) if (isNamed(kind) && id !== '') ids.set(id, WRITTEN[kind])
  for (const { request } of cloud.subscriptions.flatMap(({ run }) => run?.calls ?? [])) {
    if (request?.response !== undefined) collect(request.response, ids)
  }
  return ids
}

function collect(value: Json, ids: Map<string, '{contact}' | '{company}' | '{tag}'>): void {
  if (typeof value !== 'object' || value === null) return
  if (!isList(value) && typeof value.type === 'string' && typeof value.id === 'string' && isNamed(value.type)) {
    if (value.id !== '') ids.set(value.id, WRITTEN[value.type])
  }
  for (const part of isList(value) ? value : Object.values(value)) collect(part, ids)
}

const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value)

/** `PUT /contacts/{contact}`: a request in the notation of `dev/scenarios`. */
export function toOperation({ call, request }: Call, ids: MadeUpIds): string {
  if (!request) return call
  const path = URL.canParse(request.url) ? new URL(request.url).pathname : request.url
  const parts = path.split('/').map((part) => ids.get(part) ?? part)
  return `${request.method} ${parts.join('/')}`
}

/** The body with generated ids replaced where a whole string is one. */
export function withoutMadeUpIds(value: Json, ids: MadeUpIds): Json {
  if (typeof value === 'string') return ids.get(value) ?? value
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map((part) => withoutMadeUpIds(part, ids))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutMadeUpIds(part, ids)]))
}

/** The requests of the latest attempt of each subscription, without those of attempts that failed before. */
export function findLatestTry(trace: Pick<EventTrace, 'cloud'>): readonly Call[] {
  return trace.cloud.subscriptions.flatMap(({ run }) => {
    const calls = run?.calls ?? []
    const latest = Math.max(0, ...calls.map(({ request }) => request?.attempt ?? 0))
    return calls.filter(({ request }) => request?.attempt === latest)
  })
}

/** The same side with calls such as `POST /contacts/{contact}/tags`: the long ids can be read in the answers. */
export function withShortCalls(side: Side, ids: MadeUpIds): Side {
  const shorten = (call: string): string => call.replace(/[^/?\s]+/g, (part) => ids.get(part) ?? part)
  return {
    ...side,
    subscriptions: side.subscriptions.map((subscription) => {
      const { run } = subscription
      if (!run) return subscription
      return { ...subscription, run: { ...run, calls: run.calls.map((one) => ({ ...one, call: shorten(one.call) })) } }
    })
  }
}
