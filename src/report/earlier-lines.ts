import * as z from 'zod'
import { InputError } from '../model/diagnostic.ts'
import type { Told } from '../model/finding.ts'
import type { EarlierRead } from './read-earlier.ts'
import { damaged, unreadVersion } from './read-report.ts'

/** An NDJSON report taken line by line. */
export interface EarlierLines {
  /** The next line, the first one of the report included. Throws InputError. */
  add(line: string): void
  /** What was read of it, once all lines were added; throws InputError where some of it is missing. */
  report(): EarlierRead
}

/** The first line of an NDJSON report of sla; undefined: it is none. */
export function headOf(line: string): Readonly<Record<string, unknown>> | undefined {
  let data: unknown
  try {
    data = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof data !== 'object' || data === null) return undefined
  const { type, tool } = data as { type?: unknown; tool?: { name?: unknown } }
  return type === 'audit' && tool?.name === 'sla' ? (data as Readonly<Record<string, unknown>>) : undefined
}

/** Reads no line that isn't a clause or a breach: of a million findings most are neither. */
export function earlierLines(
  head: Readonly<Record<string, unknown>>,
  file: string,
  shorten: (finding: Told) => Told,
): EarlierLines {
  const old = unreadVersion(head, file)
  if (old !== undefined) throw old
  const { contract, asOf, period } = parsed(headSchema, head, file, 1)
  const findings: Told[] = []
  const owed = new Map<string, number>()
  let number = 0
  return {
    add(line) {
      number++
      if (CLAUSE.test(line)) {
        const { id, counts } = parsed(clauseSchema, documentOf(line, file, number), file, number)
        owed.set(id, counts.breached)
      } else if (BREACH.test(line)) {
        const document = documentOf(line, file, number)
        if ((document as { type?: unknown }).type !== 'finding' || (document as Told).status !== 'breached') return
        const { clause } = parsed(findingSchema, document, file, number)
        findings.push(shorten(document as Told))
        owed.set(clause, (owed.get(clause) ?? 0) - 1)
      }
    },
    report() {
      for (const [clause, left] of owed) {
        if (left === 0) continue
        const message = `${file} doesn't hold as many breaches of ${clause} as it counts`
        const hint = 'lines of it are missing: write it anew with sla audit … -o report.ndjson'
        throw new InputError([{ code: 'bad-report', severity: 'error', message, hint }])
      }
      return { contract, asOf, period, clauses: [{ findings }] }
    },
  }
}

const CLAUSE = /^\s*\{\s*"type"\s*:\s*"clause"/
const BREACH = /"status"\s*:\s*"breached"/

const instant = z.number().int()
const interval = z.object({ start: instant, end: instant })

const headSchema = z.object({
  contract: z.object({ id: z.string() }),
  asOf: instant,
  period: z.object({ start: instant, end: instant, text: z.string() }),
})

const clauseSchema = z.object({ id: z.string(), counts: z.object({ breached: instant }) })

const findingSchema = z.object({
  id: z.string(),
  clause: z.string(),
  promise: z.string().optional(),
  subject: z.string(),
  window: interval,
  start: instant.optional(),
  due: instant.optional(),
  breached: z.array(interval).optional(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

function documentOf(line: string, file: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    const message = `${file} line ${number} isn't a JSON document`
    const hint = 'write it anew with sla audit … -o report.ndjson'
    throw new InputError([{ code: 'not-json', severity: 'error', message, hint }])
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, data: unknown, file: string, line: number): z.output<Schema> {
  const read = schema.safeParse(data)
  if (read.success) return read.data
  throw new InputError(damaged(read.error.issues, `${file} line ${line}`))
}
