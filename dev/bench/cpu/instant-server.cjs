// An Intercom over HTTP that answers at once. Run as a process it sends its port to the process that forked it.
const { Buffer } = require('node:buffer')
const http = require('node:http')
const { createInstantIntercom } = require('./instant-intercom.cjs')

/** Resolves with the server when it listens, on a port of this machine alone. */
function startInstantServer() {
  const answer = createInstantIntercom()
  const server = http.createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const [status, json] = answer(request.method, request.url, text === '' ? {} : JSON.parse(text))
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(json === undefined ? undefined : JSON.stringify(json))
    })
  })
  // The client must not meet a connection that ends.
  server.keepAliveTimeout = 60_000
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

async function serveParent() {
  const server = await startInstantServer()
  process.send(server.address().port)
  process.on('disconnect', () => process.exit())
}

if (require.main === module) void serveParent()

module.exports = { startInstantServer }
