import { stat } from 'node:fs/promises'
import type { Found } from './find-files.ts'

/** How far reading has come, all files together. */
export interface ReadProgress {
  /** As they lie on disk: compressed ones if they are. */
  readonly bytes: number
  /** All bytes that there are; absent where a pipe or standard input is among the files. */
  readonly of?: number
  readonly rows: number
}

/** What one file has come to: its bytes on disk and its rows, each from its start. */
export type FileProgress = (bytes: number, rows: number) => void

/** Counts over several files: gives for each, as it is begun, what to call after every piece of it. */
export async function progressOf(
  files: readonly Found[],
  tell: ((at: ReadProgress) => void) | undefined,
): Promise<(() => FileProgress) | undefined> {
  if (tell === undefined) return undefined
  const of = await sizeOf(files)
  let bytes = 0
  let rows = 0
  return () => {
    const before = { bytes, rows }
    return (ownBytes, ownRows) => {
      bytes = before.bytes + ownBytes
      rows = before.rows + ownRows
      tell(of === undefined ? { bytes, rows } : { bytes, of, rows })
    }
  }
}

async function sizeOf(files: readonly Found[]): Promise<number | undefined> {
  let size = 0
  for (const { path } of files) {
    const found = path === '-' ? undefined : await stat(path).catch(() => undefined)
    if (found?.isFile() !== true) return undefined
    size += found.size
  }
  return size
}
