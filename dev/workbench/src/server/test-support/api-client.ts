/** Calls the API of a workbench as its page does. */
export const callApi = (url: string, method: string, path: string, body: unknown = {}): Promise<Response> =>
  fetch(`${url}/api/${path}`, {
    method,
    ...(method === 'GET' ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  })
