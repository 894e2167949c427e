import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { API_VERSION, toCurlText, toShellText } from '../curl-text'

const request = { method: 'POST', url: 'https://api.intercom.io/events', attempt: 0, startedAfter: 0, took: 1 }

test('the copied command sends the API version of the destination', () => {
  const source = readFileSync(path.join(__dirname, '../../../../../../packages/intercom-cloud/src/versioning-info.ts'))
  expect(source.toString()).toContain(`INTERCOM_API_VERSION = '${API_VERSION}'`)
})

test('a request becomes one command, which reads the token from an environment variable', () => {
  expect(toCurlText([{ call: 'POST /events', body: { id: 'x' }, request }])).toBe(
    [
      `curl --globoff --request 'POST' --url 'https://api.intercom.io/events' \\`,
      `  --header "Authorization: Bearer $INTERCOM_ACCESS_TOKEN" \\`,
      `  --header 'Intercom-Version: 2.16' \\`,
      `  --header 'Accept: application/json' \\`,
      `  --header 'Content-Type: application/json' \\`,
      `  --data-raw '{"id":"x"}'`
    ].join('\n')
  )
})

test('a request without a body sends no body, and a call to the Messenger has no command', () => {
  const text = toCurlText([
    { call: 'GET /tags', body: null, request: { ...request, method: 'GET' } },
    { call: "Intercom('update')", body: {} }
  ])
  expect(text).not.toContain('--data-raw')
  expect(text.match(/curl/g)).toHaveLength(1)
})

test.each(["it's", "'; rm -rf / #", '$HOME `id` $(id)', 'a\nb', '\\', '"', "'''", '!!', '@/etc/passwd', ''])(
  'a shell reads %j as it is and runs nothing of it',
  (text) => {
    expect(execFileSync('/bin/sh', ['-c', `printf %s ${toShellText(text)}`]).toString()).toBe(text)
  }
)

test('a body with quotes and shell characters is not changed by the shell', () => {
  const body = { name: `'; touch /tmp/x; echo "$HOME" \`id\` \\` }
  const command = toCurlText([{ call: 'POST /events', body, request }])
  const given = execFileSync('/bin/sh', ['-c', `curl() { for last; do :; done; printf %s "$last"; }\n${command}`])
  expect(JSON.parse(given.toString())).toEqual(body)
})

test.each(['http://127.0.0.1:4312', 'http://localhost:1', 'http://[::1]:80'])(
  'a request to the emulator at %s is copied for a real workspace',
  (host) => {
    const url = `${host}/contacts/6650a?a=%5B1%5D`
    const text = toCurlText([{ call: 'GET /contacts/6650a', body: null, request: { ...request, method: 'GET', url } }])
    const [comment, command] = text.split('\n')
    expect(comment).toBe('# For your own workspace: set INTERCOM_ACCESS_TOKEN to its token.')
    expect(command).toContain("--url 'https://api.intercom.io/contacts/6650a?a=%5B1%5D'")
    expect(text).not.toContain(host)
  }
)
