import { readFile } from 'node:fs/promises'
import { InputError } from '../model/diagnostic.ts'

/** A file to read: its path, or its text (or bytes) under the name that messages give it. */
export type Source = string | { readonly file: string; readonly text: string | Uint8Array }

/** Name and bytes of a source. InputError with code `unreadable`. */
export async function readSource(source: Source): Promise<{ readonly file: string; readonly bytes: Uint8Array }> {
  if (typeof source === 'string') return { file: source, bytes: await readPath(source) }
  const { file, text } = source
  return { file, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text }
}

async function readPath(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why = UNREADABLE[code] ?? (error instanceof Error ? error.message : String(error))
    throw new InputError([{ code: 'unreadable', severity: 'error', message: `${path} can't be read: ${why}` }])
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'no permission',
}
