/* In the place of the choices that a mapping form reads from the workspace: a function has no form. */

export const toDynamicField = (): undefined => undefined
export const withTagChoices = (): object => ({})
export const findOwnerChoices = undefined
export const findOwnerEmailChoices = undefined
export const findSubscriptionChoices = undefined
export const findAttributeChoices = (): undefined => undefined
