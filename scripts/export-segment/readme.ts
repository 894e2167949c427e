/** The README of a destination in Segment's repository. `folders`: those of both destinations. */
export function toReadme(folders: readonly string[]): string {
  return `# Intercom

Written by \`yarn export:segment\` of the repository intercom-destinations, in which it is developed and tested further. A
file of \`docs\` or \`decisions\` that a comment names is in that repository.

\`shared-mapping\` builds contacts, companies and events for both destinations, and stands in both folders:

${folders.map((folder) => `- \`${folder}\``).join('\n')}

The two packages share only \`@segment/actions-shared\`, which would add more than 100 KB to every page. Change both
copies.
`
}
