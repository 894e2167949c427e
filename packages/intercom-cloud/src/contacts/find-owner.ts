import { isPermanent } from '../errors'
import type { CallContext } from '../state/call-context'

/** The id of the teammate with this address; `undefined` if there is none, or if the connection may not read them. */
export async function findOwner({ client, workspace, cache }: CallContext, email: string): Promise<number | undefined> {
  const toAddress = (text: string) => cache.names.hash('address', text.toLowerCase())
  const read = async () =>
    (await client.findAdmins()).map((admin) => ({
      id: admin.id,
      address: admin.email === undefined ? undefined : toAddress(admin.email)
    }))
  try {
    const wanted = toAddress(email)
    const owner = await workspace.teammates.find(read, ({ address }) => address === wanted)
    const id = Number(owner?.id)
    return Number.isSafeInteger(id) ? id : undefined
  } catch (thrown) {
    if (!isPermanent(thrown)) throw thrown
    return undefined
  }
}
