import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { EventTrace, JsonObject, SubscriptionRow } from '../../contract'
import { get } from '../api'
import { catalog } from '../live'
import { suggestSample, toSampleEvents, type SampleEvent } from './sample-choice'

/** The chosen sample of each mapping, by the key of its row. */
const chosen = signal<ReadonlyMap<string, string>>(new Map())

export interface SampleInUse {
  readonly key: string
  readonly event: JsonObject | undefined
  /** Set if the sample is a received event. */
  readonly received?: { readonly id: string; readonly event: JsonObject | undefined }
  readonly samples: readonly SampleEvent[]
  readonly choose: (key: string) => void
}

/** The event that previews use: the chosen one, else an example that the trigger takes. */
export function useSample(rowKey: string, row: SubscriptionRow): SampleInUse {
  const book = catalog.value?.samples
  const samples = useMemo(() => toSampleEvents(book ?? []), [book])
  // Suggested once, so that the sample does not change while the row is being edited.
  const suggested = useMemo(() => suggestSample(samples, row), [samples])
  const key = chosen.value.get(rowKey) ?? suggested?.key ?? ''
  const [real, setReal] = useState<{ readonly id: string; readonly event: JsonObject } | undefined>(undefined)
  const sample = samples.find((one) => one.key === key)
  useEffect(() => {
    if (sample || key === '') return undefined
    let isWanted = true
    get<EventTrace>(`events/${key}`).then(
      ({ event }) => {
        if (isWanted) setReal({ id: key, event })
      },
      () => {
        // The event was cleared, so an example is used again.
        if (isWanted) choose('')
      }
    )
    return () => {
      isWanted = false
    }
  }, [key, sample])
  const choose = (next: string) => {
    const others = [...chosen.value].filter(([other]) => other !== rowKey)
    chosen.value = new Map(next === '' ? others : [...others, [rowKey, next]])
  }
  const event = sample?.event ?? (real?.id === key ? real.event : undefined)
  return { key, samples, choose, event, ...(sample || key === '' ? {} : { received: { id: key, event } }) }
}
