/**
 * The types of what users write by hand: settings, and mappings in Segment's mapping language. Field names and value types
 * come from the generated types of the definitions, directives from `mapping-kit` of actions-core (`index.ts`,
 * `validate.ts`). They are type aliases and have no optional `undefined`, so that they are JSON for TypeScript too.
 */

/** Any value of a mapping: JSON in which each part may be a directive. */
type AnyValue = string | number | boolean | null | AnyDirective | MappedObject | AnyValue[]

/** A text, or a directive that results in one. */
type Text = string | AnyDirective

/** An object of free names. A name with `@` is a directive, so that a misspelled directive is an error. */
type MappedObject = { [name: string]: AnyValue; [directive: `@${string}`]: never }

/** The directives that compute a value of any type. */
type Computed =
  /** The value at a path of the event: `$.traits.plan`. */
  | { '@path': Text }
  /** A text with paths in it: `{{properties.first}} {{properties.last}}`. */
  | { '@template': Text }
  /** A text written with Liquid. The web half does not render it. */
  | { '@liquid': string }
  | { '@case': { operator: 'lower' | 'upper'; value: Text } }
  | { '@replace': Replacement }
  /** The list at a path; with a shape, each item of it is mapped. */
  | { '@arrayPath': [path: Text] | [path: Text, shape: MappedObject] }
  | { '@flatten': { value: AnyValue; separator: string; omitArrays?: boolean } }
  | { '@json': { mode: 'encode' | 'decode'; value: AnyValue } }
  | { '@merge': { objects: (MappedObject | AnyDirective)[]; direction: 'left' | 'right' } }
  | { '@transform': { apply: MappedObject; mapping: MappedObject | AnyDirective } }

type Replacement = {
  value: Text
  /** 1 to 10 characters. */
  pattern: string
  /** At most 10 characters. */
  replacement?: string
  pattern2?: string
  replacement2?: string
  ignorecase?: boolean
  global?: boolean
}

/** `exists`: neither absent nor null; `blank`: neither absent nor null nor an empty text. */
type Condition = { exists: AnyValue } | { blank: AnyValue }

type AnyDirective =
  | Computed
  | { '@if': Condition & { then?: AnyValue; else?: AnyValue } }
  | { '@literal': AnyValue }
  | { '@excludeWhenNull': AnyValue }

/** How a value is computed from the event. `Value` is what the field takes. */
type Directive<Value> =
  | Computed
  | { '@if': Condition & { then?: MappedValue<Value>; else?: MappedValue<Value> } }
  | { '@literal': MappedValue<Value> }
  | { '@excludeWhenNull': MappedValue<Value> }

/** What a mapping may hold for a field: a value of its type, or a directive. */
export type MappedValue<Value> = [Value] extends [string | number | boolean]
  ? Value | Directive<Value>
  : Value extends readonly (infer Item)[]
    ? MappedValue<Item>[] | Directive<Value>
    : string extends keyof Value
      ? MappedObject | AnyDirective
      : MappedFields<Value> | Directive<Value>

/** A mapping for the fields of `Payload`. */
export type MappedFields<Payload> = { [Key in keyof Payload]: MappedValue<Required<Payload>[Key]> }

/** The same fields, where a field with a list of choices takes only these. */
export type WithChoices<Fields, Choices> = {
  [Key in keyof Fields]: Key extends keyof Choices ? Choices[Key] : Fields[Key]
}

/** The choices of one action; none if it has no field with choices. */
export type ChoicesOf<AllChoices, Action> = Action extends keyof AllChoices ? AllChoices[Action] : unknown
