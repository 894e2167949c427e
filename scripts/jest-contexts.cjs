const { AsyncLocalStorage } = require('node:async_hooks')

/*
 * Jest opens an asynchronous context for each test file and never closes it. Node.js 20 hands every promise to each open
 * context, so that the tests of a worker's hundredth file ran ten times slower than those of its first. This closes the
 * contexts of the file before. Node.js 24 has no such cost.
 */
const OPENED = Symbol.for('contexts that were opened')

function watch() {
  const opened = new Set()
  const { run, enterWith } = AsyncLocalStorage.prototype
  const watched = (method) =>
    function (...given) {
      opened.add(this)
      return method.apply(this, given)
    }
  Object.assign(AsyncLocalStorage.prototype, { run: watched(run), enterWith: watched(enterWith) })
  return opened
}

AsyncLocalStorage[OPENED] ??= watch()
for (const context of AsyncLocalStorage[OPENED]) context.disable()
AsyncLocalStorage[OPENED].clear()
