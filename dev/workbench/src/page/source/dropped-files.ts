/** The files of a drop, with those of dropped folders. Hidden files and empty folders are left out. */
export async function filesOfDrop(dropped: DataTransfer | null): Promise<readonly File[]> {
  // The list is empty as soon as the handler of the drop has returned, so its entries are taken before anything is awaited.
  const entries = [...(dropped?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files = [...(dropped?.files ?? [])]
  if (!entries.some(({ isDirectory }) => isDirectory)) return files
  return (await Promise.all(entries.map(filesOf))).flat()
}

async function filesOf(entry: FileSystemEntry): Promise<readonly File[]> {
  if (entry.name.startsWith('.')) return []
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => {
      entry.file(resolve, reject)
    })
    // Files of several folders may have one name.
    return [new File([file], entry.fullPath.replace(/^\//, ''), { lastModified: file.lastModified })]
  }
  if (!isFolder(entry)) return []
  const inside = await entriesOf(entry.createReader())
  return (await Promise.all(inside.map(filesOf))).flat()
}

/** A reader returns some of the entries each time, and none at the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (some.length === 0) return all
    all.push(...some)
  }
}

// Chromium has the classes under other names.
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile && 'file' in entry
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry =>
  entry.isDirectory && 'createReader' in entry
