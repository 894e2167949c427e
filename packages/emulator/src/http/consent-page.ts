const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;']
])

/** Escapes a text for an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES.get(sign) ?? sign)

/** The page runs no script, cannot be framed, and is not cached. */
export const PAGE_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store'
}

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem }
button { font: inherit; padding: .5rem 1.5rem; margin-right: .5rem }</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`

interface ConsentRequest {
  clientId: string
  workspace: string
  redirectUri: string
  consent: string
  scopes: readonly string[]
}

const scopesText = (scopes: readonly string[]): string =>
  scopes.length === 0
    ? ''
    : `<p>It may:</p>\n<ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>\n`

export const consentPage = ({ clientId, workspace, redirectUri, consent, scopes }: ConsentRequest): string =>
  page(
    'Connect an app',
    `<p>The app <strong>${escapeHtml(clientId)}</strong> asks for access to <strong>${escapeHtml(workspace)}</strong>.</p>
${scopesText(scopes)}<p>Either way you continue to <code>${escapeHtml(redirectUri)}</code>. This is the emulator, not Intercom.</p>
<form method="post" action="/oauth/consent">
<input type="hidden" name="consent" value="${escapeHtml(consent)}">
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`
  )

export const refusalPage = (reason: string): string => page('This cannot be connected', `<p>${escapeHtml(reason)}</p>`)
