import type { ActionCard, JsonObject, Preview } from '../../contract'
import { FieldProblem } from '../form/labelled-field'
import { toTriggerPresets } from './trigger-presets'

interface TriggerEditorProps {
  readonly subscribe: string
  readonly action: ActionCard | undefined
  readonly sample: JsonObject | undefined
  readonly preview: Preview | undefined
  readonly refused: string | undefined
  readonly onChange: (subscribe: string) => void
}

const LONG = 90

/** Which events the mapping takes, in Segment's filter language. */
export function TriggerEditor({ subscribe, action, sample, preview, refused, onChange }: TriggerEditorProps) {
  const problem = refused ?? preview?.filterProblem
  return (
    <section class="mapping-section" aria-labelledby="trigger-title">
      <h2 id="trigger-title">Takes events where</h2>
      <textarea
        id="trigger"
        aria-labelledby="trigger-title"
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? 'trigger-verdict' : 'trigger-wrong'}
        rows={subscribe.length > LONG ? 3 : 1}
        spellcheck={false}
        value={subscribe}
        onInput={(event) => {
          onChange(event.currentTarget.value)
        }}
      />
      <FieldProblem id="trigger" problem={problem} />
      {problem === undefined && preview && (
        <p id="trigger-verdict" class="trigger-verdict" role="status">
          {preview.takes ? (
            <span class="badge good">Takes the sample event</span>
          ) : (
            <>
              <span class="badge warn">Does not take the sample event</span> {preview.whyNot}
            </>
          )}
        </p>
      )}
      <div class="trigger-presets" role="group" aria-label="Ready-made triggers">
        {toTriggerPresets(action, sample).map((preset) => (
          <button
            key={preset}
            type="button"
            class="small mono"
            aria-pressed={preset === subscribe}
            onClick={() => {
              onChange(preset)
            }}
          >
            {preset}
          </button>
        ))}
      </div>
    </section>
  )
}
