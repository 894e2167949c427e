/** A row whose action is none of those of the destination. */
export class UnknownActionError extends Error {
  constructor(
    /** Where the action stands, and what stands there: `[0].actionSlug is "shout"`. */
    readonly said: string,
    rest: string,
    /** Of an id, which says nothing by itself: how many of the actions have all fields of the settings. */
    readonly fitting?: number
  ) {
    super(said + rest)
  }
}
