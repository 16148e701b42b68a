import * as z from 'zod'

const instant = z.number().int().meta({ description: 'Epoch milliseconds (UTC).' })
const whole = z.union([z.number().int(), z.string().regex(/^-?\d+$/)]).meta({
  description: 'An exact integer; decimal digits as text beyond 2^53 − 1.',
})
const interval = z.strictObject({ start: instant, end: instant }).meta({ description: 'Half-open: [start, end).' })

const quantity = z
  .discriminatedUnion('unit', [
    z.strictObject({ unit: z.literal('ms'), value: z.number().int() }),
    z.strictObject({ unit: z.literal('ratio'), part: whole, of: whole }),
    z.strictObject({ unit: z.literal('count'), value: z.number().int() }),
    z.strictObject({ unit: z.literal('decimal'), value: z.string(), of: z.string().optional() }),
    z.strictObject({ unit: z.literal('money'), minor: whole, currency: z.string() }),
    z.strictObject({ unit: z.literal('none'), text: z.string() }),
  ])
  .meta({
    id: 'quantity',
    description: 'An exact amount: milliseconds, part ÷ of, a count, decimal text, minor units.',
  })

const status = z.enum(['met', 'breached', 'pending', 'unverified', 'not-applicable', 'waived']).meta({ id: 'status' })
const binding = z.enum(['guarantee', 'objective', 'observed'])

const origin = z
  .strictObject({
    input: z.number().int().meta({ description: 'Index into inputs.' }),
    line: z.number().int().optional().meta({ description: 'Line in the file, from 1.' }),
    item: z.number().int().optional().meta({ description: 'Record in a JSON array, from 1.' }),
    to: z.number().int().optional().meta({ description: 'Last row of a folded run.' }),
  })
  .meta({ id: 'origin', description: 'The row something comes from.' })

const step = z.strictObject({
  at: interval,
  effect: z.enum(['counted', 'paused', 'excluded', 'unknown', 'over', 'note']),
  reason: z.string(),
  why: z.string(),
  origin: origin.optional(),
})

const waiver = {
  finding: z.string().meta({ description: 'The id or pattern that matched.' }),
  reason: z.string(),
  approver: z.string(),
  until: z.string().meta({ description: 'The last day that it holds, in the zone of the contract: YYYY-MM-DD.' }),
}

const finding = z
  .strictObject({
    id: z.string().meta({ description: 'Stable from run to run; never a row number.' }),
    clause: z.string(),
    promise: z.string().optional(),
    subject: z.string(),
    window: interval,
    status,
    reason: z.string(),
    atRisk: z.literal(true).optional(),
    start: instant.optional(),
    due: instant.optional(),
    bound: z.enum(['at-least', 'above', 'at-most', 'below']).optional(),
    promised: quantity,
    observed: quantity,
    margin: quantity.optional().meta({ description: 'What is left before the promise breaks; negative beyond it.' }),
    bounds: z.strictObject({ lowest: quantity, highest: quantity }).optional(),
    breached: z.array(interval).optional(),
    undecided: z.array(interval).optional(),
    details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    timeline: z.array(step),
    evidence: z.array(origin),
    readings: z.record(z.string(), status).optional(),
    waiver: z.strictObject(waiver).optional().meta({ description: 'With status waived: what lets the breach pass.' }),
    known: z
      .literal(true)
      .optional()
      .meta({ description: 'Breached in the baseline already; breached or waived now.' }),
    notes: z.array(z.string()),
  })
  .meta({ id: 'finding', description: 'One judged promise: one window, one piece of work.' })

const span = z.strictObject({ file: z.string(), line: z.number(), column: z.number(), length: z.number() })

const diagnostic = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  clause: z.string().optional(),
  message: z.string(),
  span: span.optional(),
  hint: z.string().optional(),
  frame: z.strictObject({ line: z.number(), lines: z.array(z.string()) }).optional(),
})

const rowCount = z.strictObject({
  type: z.string(),
  rows: z.number().int(),
  used: z.number().int(),
  unasked: z.number().int(),
  leftOut: z
    .number()
    .int()
    .meta({ description: "Left out by a mapping's where, by the format, or with their ticket." }),
  unknownService: z.number().int(),
  later: z.number().int(),
  duplicates: z.number().int(),
  skipped: z.number().int(),
})

const input = z.strictObject({
  file: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  format: z.string(),
  tool: z.string().optional().meta({ description: 'The tool whose export it is, where one was recognised.' }),
  compressed: z.boolean(),
  columns: z.record(z.string(), z.string()),
  timezone: z.string().optional(),
  counts: z.array(rowCount),
  leftOutBy: z
    .strictObject({
      mapping: z.number().int().optional(),
      format: z.number().int().optional(),
      ticket: z.number().int().optional(),
    })
    .optional()
    .meta({ description: 'How many rows were left out by what, all types together.' }),
  first: instant.optional(),
  last: instant.optional(),
})

const tally = z.record(status, z.number().int())

const clause = z.strictObject({
  id: z.string(),
  kind: z.string(),
  section: z.string().optional(),
  text: z.string().optional(),
  binding,
  status,
  span: span.optional(),
  promise: z.string(),
  counts: tally,
  atRisk: z.number().int().meta({ description: 'How many of the findings met or pending are at risk.' }),
  known: z.number().int().optional().meta({ description: 'How many of those breached are in the baseline already.' }),
  evidence: z
    .array(
      z.strictObject({
        about: z.string().meta({ description: 'The kind of evidence: creations, deletions, inventories, copies …' }),
        found: z.string(),
        complete: z.array(interval).meta({ description: 'Where it is complete; empty: nowhere.' }),
        judges: z.string().meta({ description: 'What it allows to judge.' }),
      }),
    )
    .optional()
    .meta({ description: 'What the clause rests on, where verdicts depend on the kinds of evidence there are.' }),
  findings: z.array(finding),
})

const upcoming = z
  .strictObject({
    until: instant,
    items: z.array(
      z.strictObject({
        finding: z.string().meta({ description: 'The id of the finding.' }),
        clause: z.string(),
        subject: z.string(),
        promise: z.string().optional(),
        priority: z.string().optional(),
        band: z.string().optional().meta({ description: 'Of a vulnerability: how severe it is.' }),
        due: instant,
        left_ms: z.number().int().meta({ description: 'Time left on its own clock; negative once over.' }),
        clock: z.string().optional().meta({ description: 'The calendar that this clock runs on; absent: always.' }),
        status,
        paused: z.literal(true).optional().meta({ description: 'Due as if the clock ran again from asOf on.' }),
      }),
    ),
  })
  .meta({ description: 'What falls due by an instant (--upcoming): overdue first, then by due instant.' })

const waivers = z
  .strictObject({
    file: z.string(),
    sha256: z.string(),
    entries: z.array(
      z.strictObject({
        ...waiver,
        state: z.enum(['used', 'expired', 'unmatched']),
        findings: z.number().int().meta({ description: 'Breaches that it lets pass, or would have (expired).' }),
        daysLeft: z.number().int().meta({ description: 'Whole local days after that of asOf; negative once over.' }),
      }),
    ),
  })
  .meta({ description: 'The waiver file and what became of each of its entries (--waivers).' })

const baseline = z
  .strictObject({
    file: z.string(),
    sha256: z.string(),
    asOf: instant,
    period: z.strictObject({ start: instant, end: instant, text: z.string() }),
    known: z.number().int().meta({ description: 'How many breaches of now are in it.' }),
    fixed: z.array(
      z.strictObject({
        finding: z.string(),
        clause: z.string(),
        now: z
          .enum(['met', 'not-applicable', 'gone'])
          .meta({ description: 'gone: no such finding in this audit, though it would show it.' }),
      }),
    ),
    open: z
      .array(
        z.strictObject({
          finding: z.string(),
          clause: z.string(),
          now: z.enum(['unverified', 'pending', 'waived']),
        }),
      )
      .meta({ description: 'Breaches of it that are unverified, pending or waived now: not known to be mended.' }),
  })
  .meta({ description: 'The earlier report whose breaches are not new (--baseline).' })

/** What `-f json` prints. Within a schemaVersion fields are added, never changed or taken away. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('sla'), version: z.string() }),
  contract: z.strictObject({
    id: z.string(),
    title: z.string().optional(),
    version: z.string().optional(),
    file: z.string(),
    sha256: z.string(),
    timezone: z.string(),
    services: z.array(z.string()),
    parties: z.strictObject({ provider: z.string().optional(), customer: z.string().optional() }).optional(),
  }),
  asOf: instant,
  period: z.strictObject({ start: instant, end: instant, stated: z.boolean(), text: z.string() }),
  inputs: z.array(input),
  clauses: z.array(clause),
  summary: z.strictObject({ status, guarantees: tally, objectives: tally, atRisk: z.number().int() }),
  upcoming: upcoming.optional(),
  waivers: waivers.optional(),
  baseline: baseline.optional(),
  warnings: z.array(diagnostic),
})

/** JSON Schema (draft-07) of the JSON report. */
export function reportJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema, { target: 'draft-7', io: 'input' })
  return { $schema, $id: 'urn:sla:v1:report', title: 'sla report', ...rest }
}
