/** Whether the page is being made ready before a person has asked for it (speculation rules); it may never be seen. */
export function isPrerendered(): boolean {
  return Reflect.get(document, 'prerendering') === true
}

/** Does it once the page is there for a person: now, or when a prerendered page is opened. */
export function whenActivated(act: () => void): void {
  if (isPrerendered()) document.addEventListener('prerenderingchange', act, { once: true })
  else act()
}
