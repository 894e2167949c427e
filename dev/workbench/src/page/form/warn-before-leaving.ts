/** Lets the browser ask before a page with unsaved changes is closed. Call it once for each kind of draft. */
export function warnBeforeLeaving(isDirty: () => boolean): void {
  addEventListener('beforeunload', (event) => {
    if (isDirty()) event.preventDefault()
  })
}
