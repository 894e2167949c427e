import type { FieldCard } from '../../contract'
import { ChoiceSelect } from '../form/choice-select'
import { toChoices } from '../form/field-choices'
import { LabelledField } from '../form/labelled-field'

interface RegionSelectProps {
  readonly id: string
  readonly field: FieldCard | undefined
  readonly region: string
  readonly onRegion: (region: string) => void
}

const REGIONS = [
  { label: 'US', value: 'us' },
  { label: 'EU', value: 'eu' },
  { label: 'Australia', value: 'au' }
]

/** The region of the workspace: a consent page and a token belong to one region. */
export function RegionSelect({ id, field, region, onRegion }: RegionSelectProps) {
  const known = toChoices(field?.choices).filter(({ value }) => value !== 'auto')
  return (
    <LabelledField id={id} label="Region">
      <ChoiceSelect
        id={id}
        choices={known.length > 0 ? known : REGIONS}
        value={region}
        onChoice={(choice) => {
          onRegion(String(choice ?? region))
        }}
      />
    </LabelledField>
  )
}
