/** What Analytics.js calls its cookies: `ajs_user_id`, `ajs_anonymous_id`, `ajs_group_id`. */
const ANALYTICS_COOKIE = /^ajs_/

/**
 * Makes the browser a stranger to the demo shop, which is of the same origin: what the shop and Analytics.js have stored
 * is of people whom an emptied Intercom does not know. The page itself stores nothing.
 */
export function forgetVisitor(): void {
  localStorage.clear()
  sessionStorage.clear()
  for (const cookie of document.cookie.split('; ')) {
    const [name = ''] = cookie.split('=')
    if (ANALYTICS_COOKIE.test(name)) document.cookie = `${name}=; path=/; max-age=0`
  }
}
