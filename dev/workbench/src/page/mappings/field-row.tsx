import type { FieldCard, Json } from '../../contract'
import { HelpText } from '../form/help-text'
import { isSameJson } from '../form/json-value'
import { FieldProblem } from '../form/labelled-field'
import { problemAt } from '../form/problems-under'
import { AskWorkspace, useOfferedList } from './ask-workspace'
import { areMet, isRequired, toConditionText } from './conditions'
import { toDirectiveText } from './directive-text'
import { payloadAt, useEditing } from './editing'
import { findTemplateProblem, withoutParts } from './field-problems'
import { findResultProblem, toResultText } from './result-text'
import { SourceEditor } from './source-editor'

interface FieldRowProps {
  /** The keys that lead to the field: `['company', 'name']`. */
  readonly keys: readonly string[]
  readonly field: FieldCard
  readonly value: Json | undefined
  readonly onValue: (value: Json | undefined) => void
  /** Of a nested field: what the field around it begins with for it. */
  readonly defaultValue?: Json | undefined
}

/** A field: what it is called, where its value comes from, and what the sample gives for it. */
export function FieldRow({ keys, field, value, onValue, defaultValue = field.default }: FieldRowProps) {
  const { fields, mapping, problems, unfinished, payload, half } = useEditing()
  const offered = useOfferedList(keys[0] ?? '', false)
  const isUsed = areMet(field.depends_on, mapping)
  if (isUsed === 'no' && value === undefined) return null
  const required = isRequired(field, mapping)
  const place = `mapping.${keys.join('.')}`
  const id = `field-${keys.join('-')}`
  // Of an object with fields of its own, each field says what is wrong with it.
  const hasFields = field.properties !== undefined && field.multiple !== true
  const own = hasFields ? problems.filter(({ path }) => path === place) : withoutParts(problems, place, value)
  const found = problemAt(own, place)
  // The form's own words first. What is within an object or a list says for itself what is wrong with it.
  const problem = unfinished.find(({ path }) => path === place)?.message ?? (found && toSentence(field.label, found))
  const isChanged = !isSameJson(value, defaultValue)
  const result = payloadAt(payload, keys)
  const odd = findResultProblem(field, result, half)
  const unclosed = findTemplateProblem(value)
  const warning = unclosed ?? (problem === undefined ? odd : undefined)
  return (
    <div class={value === undefined || isUsed === 'no' ? 'map-field unset' : 'map-field'}>
      <div class="map-name">
        <label for={`${id}-kind`}>
          {field.label}
          {required === 'yes' && (
            <span class="required">
              {' '}
              <span aria-hidden="true">*</span>
              <span class="sr">(required)</span>
            </span>
          )}
        </label>
        <span class="map-type">
          <code>{keys.at(-1)}</code> {toTypeText(field)}
        </span>
      </div>
      <div class="map-body">
        <SourceEditor
          id={id}
          label={field.label}
          keys={keys}
          field={field}
          value={value}
          problem={problem}
          onValue={onValue}
          defaultValue={defaultValue}
          offered={offered}
        />
        {isAskable(field) && typeof value === 'string' && (
          <AskWorkspace field={keys[0] ?? ''} label={field.label} keys={false} />
        )}
        <FieldProblem id={id} problem={problem} />
        {warning !== undefined && <p class="map-note odd">{warning}</p>}
        {isUsed === 'no' && field.depends_on && (
          <p class="map-note">
            <span class="badge warn">not used</span> It counts only where {toConditionText(field.depends_on, fields)}.
          </p>
        )}
        {required === 'maybe' && typeof field.required === 'object' && (
          <p class="map-note">Required where {toConditionText(field.required, fields)}.</p>
        )}
        {isChanged && defaultValue !== undefined && (
          <p class="map-note">
            <span class="badge">changed</span> Default: {toDirectiveText(defaultValue, field)}.{' '}
            <button
              type="button"
              class="small plain"
              aria-label={`Restore the default of ${field.label}`}
              onClick={() => {
                onValue(defaultValue)
              }}
            >
              Restore
            </button>
          </p>
        )}
        {field.description !== '' && <HelpText text={field.description} id={`${id}-help`} />}
      </div>
      <p class={result === undefined ? 'map-result none' : 'map-result'}>
        {result === undefined ? (
          <span class="quiet" title="The sample gives nothing here">
            <span class="sr">The sample gives nothing</span>
            <span aria-hidden="true">–</span>
          </span>
        ) : (
          <>
            <span class="sr">The sample gives</span>
            <code class={(unclosed ?? odd) === undefined ? undefined : 'odd'}>{toResultText(result)}</code>
          </>
        )}
      </p>
    </div>
  )
}

/** Some messages start without the name of the field: `is missing, and …`. */
const toSentence = (label: string, message: string): string =>
  /^[a-z]/.test(message) ? `${label} ${message}` : message

/** A single value that the workspace has choices for; lists and objects ask beside their own rows. */
const isAskable = ({ dynamic, multiple, type }: FieldCard): boolean =>
  dynamic === true && multiple !== true && type !== 'object'

function toTypeText({ type, multiple, choices }: FieldCard): string {
  const one = choices ? 'choice' : type === 'string' ? 'text' : type === 'boolean' ? 'true or false' : type
  return multiple ? `list of ${one}` : one
}
