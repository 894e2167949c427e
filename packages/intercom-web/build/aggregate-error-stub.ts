/** As much of the aggregate-error package as Segment's mapping kit uses: a list of errors that is one. */
export default class AggregateError extends Error {
  constructor(readonly errors: readonly Error[]) {
    super(errors.map(({ message }) => message).join('\n'))
    this.name = 'AggregateError'
  }
  [Symbol.iterator](): Iterator<Error> {
    return this.errors[Symbol.iterator]()
  }
}
