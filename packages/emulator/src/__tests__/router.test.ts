import { createRouter } from '../http/router'
import { route } from '../routes/route'

const answer = () => ({ status: 200 })

describe('the route table', () => {
  // This order would give wrong matches if the first one won.
  const find = createRouter([
    route('GET /contacts/{id}/tags', answer),
    route('GET /contacts/{id}', answer),
    route('GET /contacts/find_by_external_id/{external_id}', answer),
    route('GET /contacts/search', answer)
  ])

  it.each([
    ['/contacts/search', 'GET /contacts/search', []],
    ['/contacts/abc', 'GET /contacts/{id}', [['id', 'abc']]],
    ['/contacts/abc/tags', 'GET /contacts/{id}/tags', [['id', 'abc']]],
    // A user whose external_id is "tags".
    [
      '/contacts/find_by_external_id/tags',
      'GET /contacts/find_by_external_id/{external_id}',
      [['external_id', 'tags']]
    ],
    ['/contacts/find_by_external_id/a%2Fb', 'GET /contacts/find_by_external_id/{external_id}', [['external_id', 'a/b']]]
  ])('%s', (path, operation, params) => {
    const found = find('GET', path)
    expect([found?.route.operation, [...(found?.params ?? [])]]).toEqual([operation, params])
  })

  it.each(['/contacts', '/contacts/', '/contacts/a/b', '/contacts/find_by_external_id/', '/'])(
    '%s has no route',
    (path) => {
      expect(find('GET', path)).toBeUndefined()
    }
  )

  it('another method has no route', () => {
    expect(find('POST', '/contacts/search')).toBeUndefined()
  })
})
