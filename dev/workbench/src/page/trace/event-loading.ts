import { computed, effect } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { EventTrace, Problem } from '../../contract'
import { get } from '../api'
import { held, rowOf } from '../live'
import { problemsOf } from '../shown/problems-of'

/** The shortest time between two readings of the opened event. */
const REST_MS = 400

interface Loading {
  readonly id: string
  readonly trace?: EventTrace
  readonly problems?: readonly Problem[]
}

/** The current trace of the opened event. It is read again when its row or the emulator's data changes. */
export function useEventTrace(id: string): Loading {
  const [loading, setLoading] = useState<Loading>({ id })
  useEffect(() => {
    const row = computed(() => rowOf(id))
    let timer: ReturnType<typeof setTimeout> | undefined
    let askedAt = -Infinity
    let asked = 0
    let answered = 0
    const ask = async (): Promise<void> => {
      timer = undefined
      askedAt = performance.now()
      const mine = (asked += 1)
      const next = await load(id)
      // An earlier request may be answered later.
      if (mine < answered) return
      answered = mine
      setLoading(next)
    }
    const stop = effect(() => {
      void row.value
      void held.value
      timer ??= setTimeout(() => void ask(), Math.max(0, askedAt + REST_MS - performance.now()))
    })
    return () => {
      stop()
      clearTimeout(timer)
      answered = Infinity
    }
  }, [id])
  return loading.id === id ? loading : { id }
}

async function load(id: string): Promise<Loading> {
  try {
    return { id, trace: await get<EventTrace>(`events/${encodeURIComponent(id)}`) }
  } catch (thrown) {
    return { id, problems: problemsOf(thrown) }
  }
}
