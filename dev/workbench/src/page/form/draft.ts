import { computed, signal, type ReadonlySignal } from '@preact/signals'

interface DraftOptions<Edited, Saved> {
  /** The saved value; the draft follows it. */
  readonly saved: () => Saved
  /** The value that would be saved. */
  readonly toSaved: (edited: Edited) => Saved
  readonly isSame: (a: Saved, b: Saved) => boolean
}

/** A value that is edited here and stored by the server, where another tab may change it too. */
export interface Draft<Edited, Saved> {
  /** `undefined` while there is no edit and the saved value is shown. */
  readonly edited: ReadonlySignal<Edited | undefined>
  readonly isDirty: ReadonlySignal<boolean>
  /** Whether the saved value has changed since the edit began. */
  readonly isOvertaken: ReadonlySignal<boolean>
  readonly change: (edited: Edited) => void
  readonly discard: () => void
  /** `send` resolves to the value that is saved now. What is typed meanwhile stays. */
  readonly save: (send: (wanted: Saved) => Promise<Saved>) => Promise<void>
}

interface Begun<Edited, Saved> {
  readonly edited: Edited
  /** The saved value when the edit began. */
  readonly base: Saved
}

export function createDraft<Edited, Saved>(options: DraftOptions<Edited, Saved>): Draft<Edited, Saved> {
  const { saved, toSaved, isSame } = options
  const begun = signal<Begun<Edited, Saved> | undefined>(undefined)
  /** The value that is being saved. The stream may report it before the answer does. */
  const sent = signal<{ readonly wanted: Saved } | undefined>(undefined)

  const isFromElsewhere = computed(() => {
    if (!begun.value || isSame(saved(), begun.value.base)) return false
    return !sent.value || !isSame(saved(), sent.value.wanted)
  })
  const edited = computed(() => {
    if (!begun.value) return undefined
    // An edit that equals its starting point is dropped without loss.
    const isUntouched = isSame(toSaved(begun.value.edited), begun.value.base)
    return isFromElsewhere.value && isUntouched ? undefined : begun.value.edited
  })
  const isDirty = computed(() => edited.value !== undefined && !isSame(toSaved(edited.value), saved()))
  const isOvertaken = computed(() => isDirty.value && isFromElsewhere.value)

  const change = (next: Edited) => {
    const base = edited.peek() === undefined ? saved() : (begun.peek()?.base ?? saved())
    begun.value = { edited: next, base }
  }
  const discard = () => {
    begun.value = undefined
  }
  const save = async (send: (wanted: Saved) => Promise<Saved>) => {
    const now = begun.peek()
    if (!now) return
    const wanted = toSaved(now.edited)
    sent.value = { wanted }
    try {
      const base = await send(wanted)
      const later = begun.peek()
      begun.value = later && later !== now ? { ...later, base } : undefined
    } finally {
      sent.value = undefined
    }
  }
  return { edited, isDirty, isOvertaken, change, discard, save }
}
