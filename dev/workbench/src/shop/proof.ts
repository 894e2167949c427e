import { signal } from '@preact/signals'
import { readStored, writeStored } from './stored'

const NAME = 'paper-and-pine.prove'

/** Whether the shop sends a proof of identity with an identify. */
export const isProving = signal(readStored(NAME, (value) => typeof value === 'boolean') ?? false)

/** Whether the workspace requires a proof, as of the shop's last request. */
export const isSecured = signal(false)

export function setProving(proving: boolean): void {
  isProving.value = proving
  writeStored(NAME, proving)
}

export async function askSecurity(): Promise<void> {
  isSecured.value = (await ask('/shop/security.json'))?.secured === true
}

/** The proof for a user id, made by the shop's backend: the secret never reaches the page. */
export async function askProof(userId: string): Promise<string | undefined> {
  const hash = (await ask(`/shop/proof?user_id=${encodeURIComponent(userId)}`))?.user_hash
  return typeof hash === 'string' ? hash : undefined
}

/** The answer of the backend; `undefined` where it cannot be reached. */
export async function ask(path: string): Promise<Record<string, unknown> | undefined> {
  try {
    const response = await fetch(path)
    const answer: unknown = await response.json()
    return typeof answer === 'object' && answer !== null ? { ...answer } : undefined
  } catch {
    return undefined
  }
}
