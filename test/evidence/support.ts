import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { Evidence, ReadOptions } from '../../src/evidence/evidence.ts'
import { readEvidence } from '../../src/evidence/read.ts'
import { type Diagnostic, InputError } from '../../src/model/diagnostic.ts'
import { makeZones } from '../../src/time/zone.ts'

export const zones = makeZones()
export const noStdin = { stdin: Readable.from([]) }

export const at = (text: string): number => {
  const value = Date.parse(text)
  if (Number.isNaN(value) || !/(Z|[+-]\d\d:\d\d)$/.test(text)) throw new Error(`not an instant: ${text}`)
  return value
}

export const ALL = new Set(['outage', 'check', 'requests', 'measurement', 'maintenance'])

export const OPTIONS: ReadOptions = {
  asOf: at('2026-12-31T00:00:00Z'),
  services: [],
  types: ALL,
  filters: [],
  onBadRow: 'error',
}

/** Writes files into a directory of their own, runs the work and removes them. */
export async function inDirectory<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'evidence-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true })
      writeFileSync(join(directory, name), content)
    }
    return await work(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Reads files given by name and content, in that order. */
export function read(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<ReadOptions> = {},
): Promise<Evidence> {
  return inDirectory(files, directory =>
    readEvidence(
      Object.keys(files).map(name => join(directory, name)),
      { ...OPTIONS, ...options },
      zones,
      noStdin,
    ),
  )
}

/** The errors that reading ends with, file names without their directory. */
export async function errorsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<ReadOptions> = {},
): Promise<readonly Diagnostic[]> {
  try {
    await read(files, options)
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics
    throw error
  }
  throw new Error('expected an InputError')
}

/** `line:column message | hint` */
export function short(diagnostic: Diagnostic): string {
  const hint = diagnostic.hint === undefined ? '' : ` | ${diagnostic.hint}`
  return `${diagnostic.span?.line}:${diagnostic.span?.column} ${diagnostic.message}${hint}`
}
