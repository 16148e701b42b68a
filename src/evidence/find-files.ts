import { readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { Diagnostic } from '../model/diagnostic.ts'
import { globMatcher, isGlob } from './glob.ts'

/** A file to read: where it is, and the name to show for it. */
export interface Found {
  readonly path: string
  readonly file: string
}

/**
 * The files that paths name: files, `-` for standard input, directories (their evidence files, at any depth) and
 * globs. Sorted by name within a directory or glob; each file once. `unusable` are errors about paths that lead to no
 * file, `twice` warnings.
 */
export async function findFiles(paths: readonly string[]): Promise<{
  readonly files: readonly Found[]
  readonly unusable: readonly { readonly path: string; readonly diagnostic: Diagnostic }[]
  readonly twice: readonly Diagnostic[]
}> {
  const files: Found[] = []
  const unusable: { readonly path: string; readonly diagnostic: Diagnostic }[] = []
  const twice: Diagnostic[] = []
  const seen = new Map<string, string>()

  async function add(path: string, file: string): Promise<void> {
    const real = path === '-' ? '-' : await realpath(path).catch(() => path)
    const before = seen.get(real)
    if (before === undefined) {
      seen.set(real, file)
      files.push({ path, file })
    } else {
      const other = before === file ? '' : ` (as ${before})`
      twice.push({ code: 'twice', severity: 'warning', message: `${file} is named twice${other}: read once` })
    }
  }

  // Without a span: there is no line to point to.
  function refuse(path: string, why: string, hint?: string): void {
    const message = `${path} can't be read: ${why}`
    const diagnostic = { code: 'no-file', severity: 'error' as const, message, ...(hint !== undefined && { hint }) }
    unusable.push({ path, diagnostic })
  }

  for (const path of paths) {
    if (path === '-') {
      await add('-', 'stdin')
      continue
    }
    const kind = await kindOf(path)
    if (kind === 'file') await add(path, path)
    else if (kind === 'directory') {
      const inside = (await filesBelow(path, false)).filter(name => USABLE.test(name))
      for (const name of inside) await add(join(path, name), join(path, name))
      if (inside.length === 0) refuse(path, 'there is no evidence file in this directory', USABLE_HINT)
    } else if (isGlob(path)) {
      const { base, matches } = globMatcher(path)
      const hits = (await filesBelow(base === '' ? '.' : base, true)).filter(matches)
      for (const name of hits) await add(join(base, name), join(base, name))
      if (hits.length === 0) refuse(path, 'no file matches')
    } else refuse(path, 'there is no such file or directory')
  }
  return { files, unusable, twice }
}

/**
 * The first of the directories and globs among `paths` in which a file would be found were it there; `real` is its
 * absolute path, without links.
 */
export async function findsLater(paths: readonly string[], real: string): Promise<string | undefined> {
  for (const path of paths) {
    const kind = path === '-' ? undefined : await kindOf(path)
    const glob = kind === undefined && isGlob(path) ? globMatcher(path) : undefined
    if (kind !== 'directory' && glob === undefined) continue
    const base = await realpath(glob === undefined ? path : glob.base === '' ? '.' : glob.base).catch(() => undefined)
    if (base === undefined) continue
    const below = relative(base, real)
    const names = below.split(sep)
    if (below === '' || names[0] === '..' || isAbsolute(below)) continue
    if (glob === undefined ? USABLE.test(below) && !names.some(isHidden) : glob.matches(names.join('/'))) return path
  }
  return undefined
}

const USABLE = /\.(csv|tsv|json|ndjson|jsonl|sarif)(\.gz)?$/i
const USABLE_HINT = 'looked for .csv, .tsv, .json, .ndjson, .jsonl and .sarif, plain or .gz'

/** Files of a directory at any depth, as paths below it, sorted; hidden ones only on request. */
async function filesBelow(directory: string, hidden: boolean): Promise<string[]> {
  const names: string[] = []
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (isHidden(entry.name) && !hidden) continue
    if (entry.isDirectory()) {
      for (const inside of await filesBelow(join(directory, entry.name), hidden)) names.push(join(entry.name, inside))
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await kindOf(join(directory, entry.name))) === 'file')) {
      names.push(entry.name)
    }
  }
  return names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function isHidden(name: string): boolean {
  return name.startsWith('.')
}

async function kindOf(path: string): Promise<'file' | 'directory' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file'
  } catch {
    return undefined
  }
}
