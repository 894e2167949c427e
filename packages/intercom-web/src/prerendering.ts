/** Whether the browser prepares the page before it is opened (speculation rules); it may never be shown. */
export function isPrerendered(): boolean {
  return Reflect.get(document, 'prerendering') === true
}

/** Runs the action when the page is shown: now, or when a prerendered page is opened. */
export function whenActivated(act: () => void): void {
  if (isPrerendered()) document.addEventListener('prerenderingchange', act, { once: true })
  else act()
}
