import { isBody, type Body } from '../http/call'
import { Refusal } from '../http/errors'
import { blankContact } from '../model/contact-rules'
import type { Contact, Visitor } from '../model/entities'
import type { Workspace } from '../model/workspace'
import { readEventName, readMetadata, refuseNewName } from '../routes/events'
import { attachCompanies } from './messenger-companies'
import { readAddress, readId, readPerson } from './messenger-values'

/** What became of a call. A call that Intercom does not send, such as `show`, is `ignored`. */
export type MessengerAnswer =
  { readonly kind: 'written' } | { readonly kind: 'ignored' | 'refused'; readonly reason: string }

export interface MessengerSessionOptions {
  /** The visitor's id, which a cookie holds in a browser; a counted one by default. */
  readonly visitorId?: string
  /** Whether the workspace enforces identity verification. Proofs are not verified; only a missing one is refused. */
  readonly requiresProof?: () => boolean
}

/** The Messenger of one browser, as far as it writes into the workspace. */
export interface MessengerSession {
  /** A call of `window.Intercom`: `session.call('update', { user_id: 'u1' })`. */
  readonly call: (command: unknown, first?: unknown, second?: unknown) => MessengerAnswer
}

const ignored = (reason: string): MessengerAnswer => ({ kind: 'ignored', reason })

/** docs/intercom.md, Messenger: an update that holds nothing else may send no ping. Strict by choice: it sends none. */
const SENDS_NO_PING: ReadonlySet<string> = new Set(['email', 'user_hash', 'intercom_user_jwt', 'app_id', 'api_base'])

type Person = { readonly is: 'visitor' | 'contact'; readonly id: string }

/**
 * docs/intercom.md, Messenger: methods and settings; identity verification; logout. `boot` and `update` ping: with a user
 * id or an address the person is a user, otherwise a visitor.
 */
class WorkspaceMessenger implements MessengerSession {
  #isBooted = false
  #person: Person | undefined
  /** A reset of the emulator replaces the workspace, and with it every person. */
  #knownIn: Workspace | undefined

  constructor(
    private readonly currentWorkspace: () => Workspace,
    private readonly options: MessengerSessionOptions
  ) {}

  readonly call = (command: unknown, first?: unknown, second?: unknown): MessengerAnswer => {
    const workspace = this.currentWorkspace()
    if (this.#knownIn !== workspace) this.#person = undefined
    this.#knownIn = workspace
    try {
      return this.#call(command, first, second, workspace)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { kind: 'refused', reason: error.message }
    }
  }

  #call(command: unknown, first: unknown, second: unknown, workspace: Workspace): MessengerAnswer {
    const settings = isBody(first) ? first : {}
    switch (command) {
      case 'boot':
        this.#isBooted = true
        return this.#ping(settings, workspace)
      case 'update': {
        if (!this.#isBooted) return ignored('update before boot')
        const keys = Object.keys(settings)
        const isSilent = keys.length > 0 && keys.every((key) => SENDS_NO_PING.has(key))
        return isSilent
          ? ignored('an update with an address or a proof alone sends no ping')
          : this.#ping(settings, workspace)
      }
      case 'trackEvent':
        return this.#isBooted ? this.#track(first, second, workspace) : ignored('trackEvent before boot')
      case 'shutdown':
        this.#isBooted = false
        this.#person = undefined
        return ignored('shutdown sends nothing')
      default:
        return ignored('it sends nothing')
    }
  }

  #ping(settings: Body, workspace: Workspace): MessengerAnswer {
    const { store, now, unknowns } = workspace
    const userId = readId(settings.user_id, unknowns)
    const email = readAddress(settings.email, unknowns)
    const isIdentified = userId !== undefined || email !== undefined
    const hasProof = 'user_hash' in settings || 'intercom_user_jwt' in settings
    if (isIdentified && !hasProof && this.options.requiresProof?.()) {
      // docs/intercom.md, identity verification: the error is 403 `hmac_mismatch`.
      throw new Refusal(403, 'hmac_mismatch', 'The workspace requires a proof of identity')
    }
    const change = readPerson(settings, workspace)
    const contact = isIdentified ? this.#toUser(userId, email, workspace) : this.#contact(workspace)
    if (!contact) {
      const visitor = this.#toVisitor(workspace)
      const custom_attributes = { ...visitor.custom_attributes, ...change.custom_attributes }
      const { name = visitor.name, phone = visitor.phone } = change
      store.putVisitor({ ...visitor, name, phone, custom_attributes, updated_at: now() })
      return { kind: 'written' }
    }
    const custom_attributes = { ...contact.custom_attributes, ...change.custom_attributes }
    const companyIds = attachCompanies(contact.companyIds, settings, workspace)
    const seen = { last_seen_at: now(), updated_at: now() }
    store.putContact({ ...contact, ...change, ...(email ? { email } : {}), custom_attributes, companyIds, ...seen })
    return { kind: 'written' }
  }

  #track(name: unknown, metadata: unknown, workspace: Workspace): MessengerAnswer {
    const event_name = readEventName(name, workspace)
    const read = readMetadata(metadata, workspace.unknowns)
    refuseNewName(event_name, workspace)
    const contactId = (this.#contact(workspace) ?? this.#toVisitor(workspace)).id
    workspace.store.eventLog.add({ event_name, created_at: workspace.now(), contactId, ...read, duplicates: 0 })
    return { kind: 'written' }
  }

  #contact({ store }: Workspace): Contact | undefined {
    return this.#person?.is === 'contact' ? store.contact(this.#person.id) : undefined
  }

  #toVisitor({ store, ids, now }: Workspace): Visitor {
    const { visitorId } = this.options
    const known =
      (this.#person?.is === 'visitor' ? store.visitor(this.#person.id) : undefined) ??
      (visitorId === undefined ? undefined : store.visitorWithUserId(visitorId))
    const visitor =
      known ??
      store.putVisitor({
        ...{ id: ids.visitor(), user_id: visitorId ?? ids.visitorUserId(), email: null, phone: null, name: null },
        ...{ custom_attributes: {}, created_at: now(), updated_at: now() }
      })
    this.#person = { is: 'visitor', id: visitor.id }
    return visitor
  }

  /** The user of a ping, found or made. The session's visitor becomes this user, with its events. */
  #toUser(userId: string | undefined, email: string | undefined, workspace: Workspace): Contact {
    const { store, ids, now } = workspace
    const visitor = this.#person?.is === 'visitor' ? store.visitor(this.#person.id) : undefined
    const known = findUser(userId, email, workspace)
    const base = known ?? blankContact(visitor?.id ?? ids.contact(), visitor?.created_at ?? now(), store.calls)
    const contact = store.putContact({
      ...base,
      // GUESS: a ping brings an archived user back, as a write over the REST API does.
      status: 'active',
      external_id: userId ?? base.external_id,
      name: base.name ?? visitor?.name ?? null,
      phone: base.phone ?? visitor?.phone ?? null,
      custom_attributes: { ...visitor?.custom_attributes, ...base.custom_attributes }
    })
    if (visitor) {
      store.eventLog.move(visitor.id, contact.id)
      store.removeVisitor(visitor)
    }
    this.#person = { is: 'contact', id: contact.id }
    return contact
  }
}

/** GUESS: a user with this address and without a user id of its own gets the user id of the ping. */
function findUser(userId: string | undefined, email: string | undefined, { store }: Workspace): Contact | undefined {
  const isUser = ({ role, status }: Contact) => role === 'user' && status !== 'merged' && status !== 'deleted'
  const byId = userId === undefined ? [] : store.contactsWithExternalId(userId)
  const byEmail = email === undefined ? [] : store.contactsWithEmail(email)
  const found =
    byId.find(isUser) ?? byEmail.find((one) => isUser(one) && (userId === undefined || one.external_id === null))
  if (found?.status === 'blocked') throw new Refusal(403, 'not_restorable', 'The person is blocked')
  return found
}

export const openMessengerSession = (
  currentWorkspace: () => Workspace,
  options: MessengerSessionOptions = {}
): MessengerSession => new WorkspaceMessenger(currentWorkspace, options)
