import { signal } from '@preact/signals'
import { createDraft } from '../draft'

// Preact itself is a module of the other kind; its signals are these.
jest.mock('@preact/signals', () => jest.requireActual<object>('@preact/signals-core'))

const open = () => {
  const saved = signal('a')
  const draft = createDraft<string, string>({
    saved: () => saved.value,
    toSaved: (edited) => edited.trim(),
    isSame: (one, other) => one === other
  })
  return { saved, draft }
}

/** A server that answers when it is told to. */
const sending = (draft: ReturnType<typeof open>['draft'], saved: ReturnType<typeof open>['saved']) => {
  let answer: () => void = () => undefined
  let refuse: () => void = () => undefined
  const done = draft.save(
    (wanted) =>
      new Promise((resolve, reject) => {
        answer = () => {
          saved.value = wanted
          resolve(wanted)
        }
        refuse = () => {
          reject(new Error('No.'))
        }
      })
  )
  return {
    answer: () => {
      answer()
      return done
    },
    refuse: () => {
      refuse()
      return done
    }
  }
}

it('has no draft after saving', async () => {
  const { saved, draft } = open()
  draft.change('b')
  expect([draft.edited.value, draft.isDirty.value]).toEqual(['b', true])
  await sending(draft, saved).answer()
  expect([saved.value, draft.edited.value, draft.isDirty.value]).toEqual(['b', undefined, false])
})

it('keeps edits that are made while saving', async () => {
  const { saved, draft } = open()
  draft.change('b')
  const { answer } = sending(draft, saved)
  draft.change('bc')
  await answer()
  expect([draft.edited.value, draft.isDirty.value, draft.isOvertaken.value]).toEqual(['bc', true, false])
})

it('keeps the draft if saving is rejected', async () => {
  const { saved, draft } = open()
  draft.change('b')
  await expect(sending(draft, saved).refuse()).rejects.toThrow('No.')
  expect([draft.edited.value, draft.isDirty.value]).toEqual(['b', true])
})

it('does not report its own change as a change by another page', async () => {
  const { saved, draft } = open()
  draft.change('b')
  const { answer } = sending(draft, saved)
  draft.change('bc')
  saved.value = 'b'
  expect(draft.isOvertaken.value).toBe(false)
  await answer()
  expect(draft.isOvertaken.value).toBe(false)
})

it('reports that another page has saved, until the draft is discarded or saved', async () => {
  const { saved, draft } = open()
  draft.change('b')
  saved.value = 'theirs'
  expect(draft.isOvertaken.value).toBe(true)
  draft.change('bc')
  expect(draft.isOvertaken.value).toBe(true)
  draft.discard()
  expect([draft.isOvertaken.value, draft.isDirty.value, draft.edited.value]).toEqual([false, false, undefined])
  draft.change('mine')
  saved.value = 'theirs again'
  await sending(draft, saved).answer()
  expect([saved.value, draft.isOvertaken.value]).toEqual(['mine', false])
})

it('follows the server while the draft has no changes', () => {
  const { saved, draft } = open()
  draft.change('b')
  draft.change('a ')
  saved.value = 'theirs'
  expect([draft.edited.value, draft.isDirty.value, draft.isOvertaken.value]).toEqual([undefined, false, false])
  draft.change('theirs, and mine')
  expect([draft.isDirty.value, draft.isOvertaken.value]).toEqual([true, false])
})
