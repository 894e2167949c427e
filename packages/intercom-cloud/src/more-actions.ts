import archiveContact from './archiveContact'
import audienceToTag from './audienceToTag'
import type { Dependencies } from './dependencies'

/** The actions without a preset. The file for Segment's Functions has no room for them. */
export const moreActions = (dependencies: Dependencies) => ({
  audienceToTag: audienceToTag(dependencies),
  archiveContact: archiveContact(dependencies)
})
