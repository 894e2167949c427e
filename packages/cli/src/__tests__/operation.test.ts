import { toOperation } from '../text/operation'

describe('toOperation', () => {
  it.each([
    ['POST', '/contacts', 'POST /contacts'],
    ['POST', '/contacts/search', 'POST /contacts/search'],
    ['PUT', '/contacts/6530aa11bb22cc33dd44ee55', 'PUT /contacts/{id}'],
    ['GET', '/contacts/find_by_external_id/search', 'GET /contacts/find_by_external_id/{id}'],
    ['GET', '/contacts/find_by_external_id/jo%40example.com', 'GET /contacts/find_by_external_id/{id}'],
    ['POST', '/contacts/c1/companies', 'POST /contacts/{id}/companies'],
    ['DELETE', '/contacts/c1/tags/12', 'DELETE /contacts/{id}/tags/{id}'],
    ['POST', '/visitors/convert', 'POST /visitors/convert'],
    ['POST', '/contacts/c1/subscriptions', 'POST /contacts/{id}/subscriptions'],
    ['GET', '/data_attributes?model=contact', 'GET /data_attributes']
  ])('%s %s is %s', (method, path, expected) => {
    expect(toOperation(method, `http://127.0.0.1:4000${path}`)).toBe(expected)
  })
})
