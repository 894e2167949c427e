import type { Choice, FieldCard } from '../../contract'

/** A field's choices, each with a label. */
export const toChoices = (choices: FieldCard['choices'] = []): readonly Choice[] =>
  choices.map((choice) => (typeof choice === 'string' ? { label: choice, value: choice } : choice))
