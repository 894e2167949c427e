/** In the place of a state that processes share: a function reaches no store. */
export class SharedState {
  constructor() {
    throw new Error('A shared state is not available in the function')
  }
}

export class LockGuard {}

export const readSharedSchema = (): undefined => undefined
export const shareSchema = (): undefined => undefined
