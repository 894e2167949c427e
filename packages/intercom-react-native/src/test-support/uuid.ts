import { randomUUID } from 'node:crypto'

/** Version 14 is an ES module, which Jest does not load. */
export const v4 = (): string => randomUUID()
