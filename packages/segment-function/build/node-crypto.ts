import type nodeCrypto from 'node:crypto'

/** The runtime has Node's module `crypto` as a global. */
declare const crypto: Pick<typeof nodeCrypto, 'createHash'>

export const createHash = (algorithm: string) => crypto.createHash(algorithm)
/** The runtime's own is not documented. */
export const hash = undefined
