/** Whether the focus is lost: its element was removed or disabled. */
export function hasNoFocus(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body || activeElement.matches(':disabled')
}

/** Focuses the first invalid field, after the next rendering. */
export function focusFirstWrong(within: () => ParentNode | null | undefined): void {
  setTimeout(() => {
    const field = within()?.querySelector<HTMLElement>('[aria-invalid="true"]')
    for (let fold = field?.closest('details'); fold; fold = fold.parentElement?.closest('details')) fold.open = true
    field?.focus({ preventScroll: true })
    field?.scrollIntoView({ block: 'center' })
  })
}
