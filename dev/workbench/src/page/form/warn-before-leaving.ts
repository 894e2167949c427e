/** Lets the browser ask before the page goes away with something unsaved, wherever in it one is. Called once for each. */
export function warnBeforeLeaving(isDirty: () => boolean): void {
  addEventListener('beforeunload', (event) => {
    if (isDirty()) event.preventDefault()
  })
}
