const { createRequire } = require('node:module')
const path = require('node:path')
const { createInstantIntercom } = require('./instant-intercom.cjs')

/**
 * Lets Intercom answer from memory: actions-core takes the client that stands in the cache of modules. Returns the
 * `Destination` that a bundle runs in, and counts the calls.
 */
function loadCore(bundle) {
  const ofBundle = createRequire(path.resolve(bundle))
  const ofCore = createRequire(ofBundle.resolve('@segment/actions-core'))
  const client = ofCore('cross-fetch')
  const traffic = { calls: 0 }
  const answer = createInstantIntercom()
  const fetch = async (input, init) => {
    traffic.calls += 1
    const request = new client.Request(input, init)
    const body = request.method === 'GET' ? {} : await request.json()
    const [status, json] = answer(request.method, new URL(request.url).pathname, body)
    if (json === undefined) return new client.Response(null, { status })
    return new client.Response(JSON.stringify(json), { status, headers: { 'Content-Type': 'application/json' } })
  }
  ofCore.cache[ofCore.resolve('cross-fetch')].exports = Object.assign(fetch, { ...client, default: fetch, fetch })
  return { Destination: ofBundle('@segment/actions-core').Destination, traffic }
}

module.exports = { loadCore }
