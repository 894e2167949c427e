import type { EmulatorOptions, Seed } from '@intercom-destinations/emulator'

/** The name of the emulated workspace, its custom attributes, and what it contains from the start. */
export interface EmulatedWorkspace extends Seed {
  readonly name?: string
}

const DEFAULT_NAME = 'a new workspace'

/** The options of an emulator with this workspace. */
export function toEmulatorOptions(
  workspace: EmulatedWorkspace
): Pick<EmulatorOptions, 'contactAttributes' | 'companyAttributes' | 'seed'> & { workspace: { name: string } } {
  const { name = DEFAULT_NAME, contactAttributes, companyAttributes, ...seed } = workspace
  return { workspace: { name }, contactAttributes, companyAttributes, seed }
}
