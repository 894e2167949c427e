/** The cookies of Analytics.js: `ajs_user_id`, `ajs_anonymous_id`, `ajs_group_id`. */
const ANALYTICS_COOKIE = /^ajs_/

/**
 * Deletes what the demo shop and Analytics.js have stored, because an emptied Intercom does not know those people. The
 * shop has the page's origin, and the page itself stores nothing.
 */
export function forgetVisitor(): void {
  localStorage.clear()
  sessionStorage.clear()
  for (const cookie of document.cookie.split('; ')) {
    const [name = ''] = cookie.split('=')
    if (ANALYTICS_COOKIE.test(name)) document.cookie = `${name}=; path=/; max-age=0`
  }
}
