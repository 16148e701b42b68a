import { nearest } from '../model/nearest.ts'
import { formats } from '../report/index.ts'
import type { Io } from './io.ts'
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
  const { dirname, resolve } = await import('node:path')
  const seen = new Set<string>()
  for (const { path } of outputs) {
    if (seen.has(resolve(path))) throw usageError(`--output: ${path} is named twice`)
    seen.add(resolve(path))
    const there = await io.kindOf(path)
    if (there !== undefined && there !== 'file') throw usageError(`--output: ${path} isn't a file`)
    const directory = dirname(path)
    if ((await io.kindOf(directory)) !== 'directory') throw usageError(`--output: there is no directory ${directory}`)
  }
  return outputs
}

/** `report.json`, `report.txt`, `json:report.out`. */
export function parseOutput(value: string): Output {
  const named = /^([A-Za-z][\w-]+):(.+)$/.exec(value)
  const [, format = '', path = ''] = named ?? []
  if (named !== null && Object.hasOwn(formats, format)) return { format, path }
  const extension = /\.([^./\\]+)$/.exec(value)?.[1]?.toLowerCase() ?? ''
  const known = EXTENSIONS[extension]
  const names = Object.keys(formats)
  if (named !== null && !/^[\\/]/.test(path)) {
    const guess = nearest(format, names)
    throw usageError(
      `--output: unknown format "${format}" in "${value}"`,
      guess === undefined ? `formats: ${names.join(', ')}` : `did you mean ${guess}:${path}?`,
    )
  }
  if (known === undefined) {
    throw usageError(
      `--output: "${value}" doesn't say its format`,
      `use ${Object.keys(EXTENSIONS)
        .map(name => `.${name}`)
        .join(' or ')}, or name it: ${names[0]}:${value}`,
    )
  }
  return { format: known, path: value }
}

const EXTENSIONS: Readonly<Record<string, string>> = { json: 'json', txt: 'pretty' }
