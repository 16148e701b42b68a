import { nearest } from '../model/nearest.ts'
import { formats } from '../report/index.ts'
import type { Io } from './io.ts'
import { directoryOf } from './targets.ts'
import { usageError } from './usage.ts'

/** One file that a report is written to. */
export interface Output {
  readonly format: string
  readonly path: string
}

/**
 * Reads `[FORMAT:]PATH` values and checks that they can be written before anything else is done; the format follows
 * from the extension when it isn't named. Throws a usage error.
 */
export async function checkOutputs(values: readonly string[], io: Io): Promise<readonly Output[]> {
  const outputs = values.map(parseOutput)
  const { basename } = await import('node:path')
  for (const { path } of outputs) {
    const there = await io.kindOf(path)
    const folder = /[\\/]$/.test(path)
    if (folder || (there !== undefined && there !== 'file')) throw usageError(`--output: ${path} isn't a file`)
    const directory = await directoryOf({ option: '--output', path }, io)
    // A file is replaced by a new one beside it, so that its directory has to be writable, not the file.
    if (!(await io.canWrite(directory))) throw usageError(`--output: no permission to write in ${directory}`)
    if (Buffer.byteLength(basename(path)) > LONGEST_NAME) {
      throw usageError(`--output: a file name can't be longer than ${LONGEST_NAME} bytes: ${basename(path)}`)
    }
  }
  return outputs
}

// In nearly all file systems.
const LONGEST_NAME = 255

/** `report.json`, `report.txt`, `json:report.out`, `report.sarif.json`. */
export function parseOutput(value: string): Output {
  const named = /^([A-Za-z][\w-]+):(.*)$/.exec(value)
  const [, format = '', path = ''] = named ?? []
  if (named !== null && Object.hasOwn(formats, format)) {
    if (path === '') throw usageError(`--output: "${value}" names no file`)
    return { format, path }
  }
  const names = Object.keys(formats)
  if (named !== null && !/^[\\/]/.test(path)) {
    const guess = nearest(format, names)
    throw usageError(
      `--output: unknown format "${format}" in "${value}"`,
      guess === undefined ? `formats: ${names.join(', ')}` : `did you mean ${guess}:${path}?`,
    )
  }
  if (value === '-') throw usageError('--output: "-" is no file', 'what goes to standard output is said with --format')
  const extension = /\.([^./\\]+)$/.exec(value)?.[1]?.toLowerCase() ?? ''
  const known = /\.sarif\.json$/i.test(value) ? 'sarif' : EXTENSIONS[extension]
  if (known !== undefined) return { format: known, path: value }
  if (Object.hasOwn(formats, value)) {
    const [usual] = formats[value]?.extensions ?? []
    const either = usual === undefined ? '' : ` or FILE.${usual}`
    throw usageError(`--output: ${value} is a format, not a file`, `name the file: ${value}:FILE${either}`)
  }
  if (extension === 'pdf') {
    const page = value.replace(/pdf$/i, 'html')
    throw usageError(`--output: "${value}": PDF isn't written`, `write ${page}, which browsers print to PDF`)
  }
  const guess = nearest(extension, Object.keys(EXTENSIONS))
  const way = Object.hasOwn(formats, extension) ? extension : (names[0] ?? '')
  throw usageError(
    `--output: "${value}" doesn't say its format`,
    guess === undefined || extension === ''
      ? `name it, as in ${way}:${value}; told by their extensions are ${FIRST.join(', ')}`
      : `did you mean .${guess}? Or name it, as in ${way}:${value}`,
  )
}

/** `html` → html, `md` → markdown: the format that an extension stands for. */
const EXTENSIONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(formats).flatMap(([name, { extensions }]) => extensions.map(extension => [extension, name])),
)

/** The usual extension of each format that has one. */
const FIRST: readonly string[] = Object.values(formats).flatMap(({ extensions }) =>
  extensions.slice(0, 1).map(e => `.${e}`),
)
