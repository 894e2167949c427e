import type { Emulator } from '@intercom-destinations/emulator'
import { INTERCOM_API_VERSION } from '@intercom-destinations/intercom-cloud'
import type { FaultName, FaultSwitch, Problem } from '../contract'

/** Few enough that a handful of clicks in the shop reaches it. */
const SMALL_RATE_LIMIT = 10
const SLOW_MS = 3000
const UNAVAILABLE = 503
const TOO_MANY_REQUESTS = 429

interface Trouble {
  readonly title: string
  readonly sentence: string
}

const TROUBLES: Readonly<Record<FaultName, Trouble>> = {
  'rate-limit': {
    title: 'Rate limit',
    sentence:
      'Other apps use the workspace up: one call is turned away with 429, then ten pass in each ten seconds. Events arrive late, in their order, and none is lost. After it is switched off, what was told to wait still does, for ten seconds at most.'
  },
  outage: {
    title: 'Outage',
    sentence:
      'Intercom answers 503. Nothing arrives, and nothing is lost: Segment tries again for hours. Switch it off, and what waits is delivered.'
  },
  slow: {
    title: 'Slow',
    sentence:
      'Every answer takes three seconds. People and events appear with a delay; a page in the browser notices nothing.'
  },
  'index-lag': {
    title: 'Index lag',
    sentence:
      'Intercom’s search does not know people who are new. They are still found by their user id, and nobody becomes two; an event known by an e-mail address only waits until the search knows it.'
  },
  'blocked-widget': {
    title: 'Blocked widget',
    sentence:
      'An ad blocker keeps the Messenger from the page. The visitor has no chat; the page goes on, and says why. What the server side sends is not touched.'
  },
  secured: {
    title: 'Secured workspace',
    sentence:
      'The workspace wants proof of who is there. Without a user hash the Messenger treats everybody as a stranger. Switch on “Secured Workspace” in the web destination’s settings, and the shop’s proof on its account page.'
  },
  archived: {
    title: 'Archived contact',
    sentence:
      'A teammate has archived the newest person. They are gone from the lists; the next identify brings them back with all they had, and does not make a second one.'
  }
}

const NAMES: readonly FaultName[] = [
  ...(['rate-limit', 'outage', 'slow', 'index-lag', 'blocked-widget', 'secured', 'archived'] as const)
]

export const toFaultName = (text: string): FaultName | undefined => NAMES.find((name) => name === text)

/** Intercom's API is troubled, not the page on which an admin agrees to connect it. */
const API = { path: /^\/(?!oauth|auth\/)/ }

/** The switches for what may go wrong at Intercom, and on a page. */
export class FaultSwitches {
  readonly #emulator: Emulator
  readonly #token: string
  /** What is on, with what takes it away from the emulator. */
  readonly #on = new Map<FaultName, () => void>()
  #archived: string | undefined
  /** One is switched after the other. */
  #latest: Promise<unknown> = Promise.resolve()

  constructor(emulator: Emulator, token: string) {
    this.#emulator = emulator
    this.#token = token
  }

  get all(): readonly FaultSwitch[] {
    return NAMES.map((name) => ({ name, ...TROUBLES[name], on: this.isOn(name) }))
  }

  isOn(name: FaultName): boolean {
    return this.#on.has(name)
  }

  /** How many calls the emulated workspace lets through in ten seconds. */
  get rateLimit(): number {
    return this.isOn('rate-limit') ? SMALL_RATE_LIMIT : Infinity
  }

  switch(name: FaultName, on: boolean): Promise<Problem | undefined> {
    const switched = this.#latest.then(() => this.#switch(name, on))
    this.#latest = switched.catch(() => undefined)
    return switched
  }

  /** The emulator was emptied, and forgot its trouble with all else. */
  bringBack(): void {
    this.#on.delete('archived')
    for (const name of this.#on.keys()) this.#on.set(name, this.#bring(name))
  }

  async #switch(name: FaultName, on: boolean): Promise<Problem | undefined> {
    if (on === this.isOn(name)) return undefined
    if (name === 'archived') return on ? this.#archiveNewest() : this.#unarchive()
    if (on) this.#on.set(name, this.#bring(name))
    else this.#off(name)
    return undefined
  }

  #off(name: FaultName): void {
    this.#on.get(name)?.()
    this.#on.delete(name)
  }

  #bring(name: FaultName): () => void {
    const times = Infinity
    switch (name) {
      case 'rate-limit':
        return this.#emulator.fault({ status: TOO_MANY_REQUESTS, match: API })
      case 'outage':
        return this.#emulator.fault({ status: UNAVAILABLE, times, match: API })
      case 'slow':
        return this.#emulator.fault({ trouble: 'slow', ms: SLOW_MS, times, match: API })
      case 'index-lag':
        return this.#emulator.fault({ trouble: 'index-lag', times })
      case 'blocked-widget':
      case 'secured':
      case 'archived':
        return () => undefined
    }
  }

  async #archiveNewest(): Promise<Problem | undefined> {
    const newest = this.#emulator.state.contacts.filter(({ status }) => status === 'active').at(-1)
    if (!newest) return toProblem('There is nobody to archive yet. Sign somebody up in the shop first.')
    if (!(await this.#ask(newest.id, 'archive'))) return toProblem('The newest person could not be archived.')
    this.#archived = newest.id
    this.#on.set('archived', () => undefined)
    return undefined
  }

  async #unarchive(): Promise<Problem | undefined> {
    const isArchived = this.#emulator.state.contacts.some(
      ({ id, status }) => id === this.#archived && status === 'archived'
    )
    // The next identify may have brought them back, and then there is nothing to do.
    if (isArchived && !(await this.#ask(this.#archived ?? '', 'unarchive')))
      return toProblem('The archived person could not be brought back.')
    this.#off('archived')
    return undefined
  }

  /** What a teammate does in Intercom's own pages, which no trouble of its API touches. */
  async #ask(id: string, verb: 'archive' | 'unarchive'): Promise<boolean> {
    const troubles = [...this.#on.keys()].filter((name) => name !== 'archived')
    for (const name of troubles) this.#on.get(name)?.()
    try {
      const { ok } = await this.#emulator.fetch(`http://emulator/contacts/${encodeURIComponent(id)}/${verb}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#token}`, 'intercom-version': INTERCOM_API_VERSION }
      })
      return ok
    } finally {
      for (const name of troubles) this.#on.set(name, this.#bring(name))
    }
  }
}

const toProblem = (message: string): Problem => ({ path: 'archived', message })
