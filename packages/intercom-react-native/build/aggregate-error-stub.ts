/**
 * For the validation of a mapping: an error that holds errors. The package reads the stack of each with Node's `os`, which
 * an app does not have, and the message is all that is needed.
 */
export default class AggregateError extends Error {
  constructor(private readonly errors: readonly Error[]) {
    super(errors.map(({ message }) => message).join('\n'))
    Object.setPrototypeOf(this, AggregateError.prototype)
  }

  [Symbol.iterator](): IterableIterator<Error> {
    return this.errors[Symbol.iterator]()
  }
}
