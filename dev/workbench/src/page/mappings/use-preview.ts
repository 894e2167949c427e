import { useEffect, useRef, useState } from 'preact/hooks'
import type { Half, JsonObject, Preview, PreviewRequest, Problem, SubscriptionRow } from '../../contract'
import { post } from '../api'
import { problemsOf } from '../shown/problems-of'

const WAIT_MS = 250

interface PreviewState {
  readonly preview?: Preview
  /** Why there is no preview. */
  readonly problems: readonly Problem[]
}

/** The result of a row for an event, requested shortly after every change. The last answer is shown meanwhile. */
export function usePreview(half: Half, subscription: SubscriptionRow, event: JsonObject | undefined): PreviewState {
  const [state, setState] = useState<PreviewState>({ problems: [] })
  const latest = useRef(0)
  useEffect(() => {
    if (!event) return undefined
    latest.current += 1
    const asked = latest.current
    const ask = async () => {
      const request: PreviewRequest = { half, subscription, event }
      const next = await post<Preview>('preview', request).then(
        (preview): PreviewState => ({ preview, problems: [] }),
        (thrown: unknown): PreviewState => ({ problems: problemsOf(thrown) })
      )
      // A later request may have been answered already.
      if (asked === latest.current) setState(next)
    }
    const timer = setTimeout(() => void ask(), WAIT_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [half, subscription, event])
  return state
}
