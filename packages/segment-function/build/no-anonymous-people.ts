/*
 * In the place of what takes over visitors and people without a user id, for which the file has no room. The settings of a
 * function refuse a mapping that switches either of them on.
 */

export const VISITOR_ID = ''
export const readVisitorId = (): undefined => undefined
export const convertVisitor = (): undefined => undefined

export const ANONYMOUS_ID = ''
export const readAnonymousId = (): undefined => undefined
export const isAnonymousIdOpen = (): boolean => false

export class AnonymousUser {
  readonly toPlan = <T>(plan: T): T => plan
  readonly settle = (): undefined => undefined
}
