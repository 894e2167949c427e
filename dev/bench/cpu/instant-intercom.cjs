/** An Intercom that remembers nothing. Returns status and JSON for a request; `undefined` stands for an empty body. */
function createInstantIntercom() {
  let contacts = 0
  return (method, path, sent) => {
    if (path === '/events') return [202, undefined]
    if (path === '/contacts/search') return [200, { type: 'list', data: [], total_count: 0, pages: {} }]
    if (path === '/companies' || path.endsWith('/companies')) {
      const id = `c-${sent.company_id ?? sent.id}`
      return [200, { type: 'company', id, company_id: sent.company_id, name: sent.name }]
    }
    const id = path.split('/')[2] ?? `contact-${++contacts}`
    return [200, { type: 'contact', id, role: 'user', ...(method === 'GET' ? {} : sent) }]
  }
}

module.exports = { createInstantIntercom }
