/** In the place of the actions without a preset, for which the file has no room. */
export const moreActions = (): object => ({})
