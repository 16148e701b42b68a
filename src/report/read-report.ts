import type * as z from 'zod'
import { type Diagnostic, InputError } from '../model/diagnostic.ts'
import type { Report } from '../model/report.ts'
import { zoneNameProblem } from '../time/zone-names.ts'
import { reportSchema } from './schema.ts'

/**
 * A JSON report read back; throws InputError where it is none. Fields that a later version added are kept, unread.
 * `file` is for messages.
 */
export function readReport(bytes: Uint8Array, file: string): Report {
  const refuse = (code: string, what: string, hint: string = WRITE): never => {
    throw new InputError([{ code, severity: 'error', message: `${file} ${what}`, hint }])
  }
  const text = textOf(bytes) ?? refuse('not-text', "isn't UTF-8 text")
  if (text === TOO_LONG) refuse('too-large', 'is larger than 512 MiB', 'write a report on a shorter period')
  const data = parsed(text)
  if (data === undefined && isNdjson(text)) {
    refuse('ndjson-report', 'is an NDJSON report, which is only read as a baseline', 'write it as JSON: -o report.json')
  }
  if (data === undefined) refuse('not-json', "isn't a JSON document")
  if (!isObject(data) || !isObject(data.tool) || data.tool.name !== 'sla' || data.schemaVersion === undefined) {
    return refuse('not-a-report', "isn't a report of sla audit")
  }
  const old = unreadVersion(data, file)
  if (old !== undefined) throw old
  const issues = reportSchema.safeParse(data).error?.issues.filter(({ code }) => code !== 'unrecognized_keys') ?? []
  if (issues.length > 0) throw new InputError(damaged(issues, file))
  const report = data as unknown as Report
  const problem = zoneNameProblem(report.contract.timezone)
  return problem === undefined ? report : refuse('bad-report', `contract.timezone: ${problem.message}`)
}

/** The error where a report is of a version that isn't read here. */
export function unreadVersion(data: Readonly<Record<string, unknown>>, file: string): InputError | undefined {
  if (data.schemaVersion === 1) return undefined
  const version = (data.tool as { version?: unknown } | undefined)?.version
  const message = `${file} has schemaVersion ${JSON.stringify(data.schemaVersion)}; this version of sla reads 1`
  const hint = `use the sla that wrote it (${String(version)}), or write the report anew with this one`
  return new InputError([{ code: 'report-version', severity: 'error', message, hint }])
}

const WRITE = 'write one with sla audit … -o report.json'
const MOST_DAMAGES = 10

/** As many bytes as a string can hold of ASCII text. */
export const LONGEST = 0x1fff_ffe8
const TOO_LONG = Symbol('too long')

function textOf(bytes: Uint8Array): string | typeof TOO_LONG | undefined {
  if (bytes.length > LONGEST) return TOO_LONG
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parsed(text: string | symbol): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

/** Whether the first line alone is a document that begins a report. */
function isNdjson(text: string | symbol): boolean {
  const [line = ''] = String(text).split('\n', 1)
  const head = parsed(line)
  return isObject(head) && head.type === 'audit'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first places at which a report isn't what reports are; `place` begins the messages. */
export function damaged(issues: readonly z.core.$ZodIssue[], place: string): readonly Diagnostic[] {
  const more = issues.length - MOST_DAMAGES
  return issues.slice(0, MOST_DAMAGES).map((issue, i) => ({
    code: 'bad-report',
    severity: 'error',
    message: `${place} ${issue.path.map(String).join('.')}: ${lower(issue.message)}`,
    ...(i === MOST_DAMAGES - 1 && more > 0
      ? { hint: `and ${more} more; ${WRITE}` }
      : i === issues.length - 1
        ? { hint: WRITE }
        : {}),
  }))
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
