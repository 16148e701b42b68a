import { nearest } from '../model/nearest.ts'
import type { Io } from './io.ts'
import { packageFile } from './package-files.ts'
import { usageError } from './usage.ts'

/** What there are JSON Schemas of; the first where nothing is named. */
export const SCHEMAS = ['contract', 'report', 'waivers', 'alignment', 'comparison'] as const

/** `sla schema`: a JSON Schema as the package has it, byte for byte. */
export async function schema(what: string, io: Io): Promise<number> {
  if (!SCHEMAS.some(name => name === what)) {
    const guess = nearest(what, SCHEMAS)
    throw usageError(
      `schema: there is none of "${what}"`,
      guess === undefined ? `schemas: ${SCHEMAS.join(', ')}` : `did you mean ${guess}?`,
    )
  }
  const bytes = await io.readFile(packageFile(`schemas/${what}.schema.json`))
  await io.stdout.send([new TextDecoder().decode(bytes)])
  return 0
}
