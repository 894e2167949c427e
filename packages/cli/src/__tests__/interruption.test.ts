import { EventEmitter } from 'node:events'
import { watchForInterruption } from '../command/interruption'

function watch() {
  const source = new EventEmitter()
  const onFirst = jest.fn()
  const onSecond = jest.fn()
  return { source, onFirst, onSecond, interruption: watchForInterruption({ source, onFirst, onSecond }) }
}

describe('watchForInterruption', () => {
  it('asks for an orderly end at the first Ctrl-C', () => {
    const { source, onFirst, onSecond, interruption } = watch()
    source.emit('SIGINT', 'SIGINT')
    expect(interruption.signal.aborted).toBe(true)
    expect(interruption.code()).toBe(130)
    expect(onFirst).toHaveBeenCalledTimes(1)
    expect(onSecond).not.toHaveBeenCalled()
  })

  it('ends the process at the second one', () => {
    const { source, onSecond } = watch()
    source.emit('SIGINT', 'SIGINT')
    source.emit('SIGINT', 'SIGINT')
    expect(onSecond).toHaveBeenCalledWith(130)
  })

  it('does the same for SIGTERM', () => {
    const { source, interruption } = watch()
    source.emit('SIGTERM', 'SIGTERM')
    expect(interruption.code()).toBe(143)
  })

  it('stops listening for signals', () => {
    const { source, interruption } = watch()
    interruption.release()
    expect(source.listenerCount('SIGINT') + source.listenerCount('SIGTERM')).toBe(0)
  })
})
