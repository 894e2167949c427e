import { isAbsent, readOrLose, readTextOrLose, toBoolean, type Loss } from '@intercom-destinations/shared-mapping'

/** The text of a field that is used only if the field `switchName` is true; `undefined` if it is off or blank. */
export function readSwitchedText<Name extends string>(
  losses: Loss[],
  fields: { readonly [Key in Name]?: unknown },
  switchName: Name,
  name: Name
): string | undefined {
  const isOn = readOrLose(losses, switchName, fields[switchName], toBoolean, 'not-a-boolean')
  const text = isOn === true ? readTextOrLose(losses, name, fields[name]) : undefined
  return isAbsent(text) ? undefined : text
}
