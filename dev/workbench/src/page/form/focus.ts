/** Whether a keyboard is nowhere: what had the focus is gone, or can be pressed no more. */
export function hasNoFocus(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body || activeElement.matches(':disabled')
}

/** Leads to the first field that is marked as wrong, once the marks are drawn. */
export function focusFirstWrong(within: () => ParentNode | null | undefined): void {
  setTimeout(() => {
    const field = within()?.querySelector<HTMLElement>('[aria-invalid="true"]')
    for (let fold = field?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true
    field?.focus({ preventScroll: true })
    field?.scrollIntoView({ block: 'center' })
  })
}
