// An Intercom that answers at once and remembers nothing. Sends its port to the process that forked it.
const { Buffer } = require('node:buffer')
const http = require('node:http')

let contacts = 0

function answer({ method, url }, sent) {
  if (url === '/events') return [202, undefined]
  if (url === '/contacts/search') return [200, { type: 'list', data: [], total_count: 0, pages: {} }]
  if (url === '/companies' || url.endsWith('/companies'))
    return [
      200,
      { type: 'company', id: `c-${sent.company_id ?? sent.id}`, company_id: sent.company_id, name: sent.name }
    ]
  const id = url.split('/')[2] ?? `contact-${++contacts}`
  return [200, { type: 'contact', id, role: 'user', ...(method === 'GET' ? {} : sent) }]
}

const server = http.createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString()
    const [status, json] = answer(request, text === '' ? {} : JSON.parse(text))
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(json === undefined ? undefined : JSON.stringify(json))
  })
})
// The client must not meet a connection that ends.
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.on('disconnect', () => process.exit())
