import * as z from 'zod'
import { diagnosticSchema, jsonSchemaOf, spanSchema } from '../contract/json-schema.ts'

const instant = z.number().int().meta({ description: 'Epoch milliseconds (UTC).' })
const interval = { start: instant, end: instant }
const index = z.number().int().nonnegative()
const status = z.enum(['met', 'breached', 'pending', 'unverified', 'not-applicable', 'waived'])

const contract = z.strictObject({
  id: z.string(),
  title: z.string().optional(),
  version: z.string().optional(),
  file: z.string(),
  sha256: z.string(),
  timezone: z.string(),
  term: z
    .strictObject({ start: instant.optional(), end: instant.optional() })
    .optional()
    .meta({ description: 'Half-open. Promises are compared as if the contract were in force throughout.' }),
  kind: z.enum(['Contract', 'Baseline']),
})

const cell = z
  .strictObject({
    state: z
      .enum(['promised', 'not-promised', 'not-auditable'])
      .meta({ description: 'not-auditable: promised in words that no evidence can decide.' }),
    text: z.string(),
    clause: z.string().optional(),
    span: spanSchema.optional(),
    binding: z.enum(['guarantee', 'objective', 'observed']).optional(),
    best: z.literal(true).optional().meta({
      description:
        'Proven at least as strong as every other offer of its row, and stronger than one; a baseline is no offer, nor is one of two versions.',
    }),
    relation: z
      .enum(['stronger', 'equal', 'weaker', 'incomparable', 'missing', 'added', 'not-decidable'])
      .optional()
      .meta({ description: 'To the first contract; absent in its own cell, and where neither promises it.' }),
    rules: z.array(z.string()).meta({ description: 'Why, one sentence each.' }),
    witnesses: z.array(index).meta({ description: 'Indexes into witnesses.' }),
    searched: z.literal(true).optional().meta({
      description: 'Holds as far as was searched: no rule proves it, no log refutes it.',
    }),
  })
  .meta({ id: 'cell', description: 'What one contract says in one row.' })

const row = z.strictObject({
  key: z.string().meta({ description: 'Stable: availability, support/P1/respond.' }),
  subject: z.string(),
  name: z.string(),
  cells: z.array(cell).meta({ description: 'In the order of contracts.' }),
})

const value = z.strictObject({
  ms: z.number().int().optional().meta({ description: 'The most (for notice, the least) that is permitted.' }),
  text: z.string(),
  at: z.strictObject(interval).optional().meta({ description: 'Where in the year it lies.' }),
  beside: z.string().optional().meta({ description: 'What exclusions permit on top of it.' }),
  notes: z.array(z.string()),
  best: z.literal(true).optional(),
})

const envelope = z
  .strictObject({ key: z.string(), subject: z.string(), name: z.string(), values: z.array(value) })
  .meta({ description: 'The worst that each contract permits without a breach in the year.' })

const evidenceRow = z
  .object({ type: z.string() })
  .catchall(z.string())
  .meta({ id: 'row', description: 'One record: its type and columns, all as text.' })

const witness = z
  .strictObject({
    row: z.string().meta({ description: 'The key of its row.' }),
    other: index.meta({ description: 'Index of the contract that is held against the first.' }),
    breaches: index.meta({ description: 'Index of the contract that it breaches.' }),
    period: z.strictObject({ ...interval, text: z.string() }),
    asOf: instant,
    rows: z.array(evidenceRow),
    renamed: z
      .array(evidenceRow)
      .optional()
      .meta({ description: 'The same in the names of the other contract, where it has others.' }),
    story: z.string(),
    verdicts: z.array(z.strictObject({ contract: index, finding: z.string(), status })),
  })
  .meta({ description: 'Evidence that one contract tolerates and the other calls a breach.' })

// What is promised by one contract only has no verdict in the others: null in JSON.
const verdict = z
  .strictObject({
    status,
    breached: z.number().int(),
    judged: z.number().int(),
    first: instant.optional(),
    worst: z.string().optional(),
    finding: z.string().optional(),
  })
  .nullable()

const replay = z.strictObject({
  key: z.string(),
  subject: z.string(),
  name: z.string(),
  verdicts: z.array(verdict).meta({ description: 'In the order of contracts; null where nothing is promised.' }),
})

const history = z
  .strictObject({
    asOf: instant,
    periods: z
      .array(z.strictObject({ ...interval, stated: z.boolean(), text: z.string() }).nullable())
      .meta({ description: 'In the order of contracts, each in its own zone; null where nothing was judged.' }),
    inputs: z.array(z.strictObject({ file: z.string(), sha256: z.string(), rows: z.number().int().nonnegative() })),
  })
  .meta({ description: 'What was judged under each contract: period, as of, files.' })

export const comparisonSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('sla'), version: z.string() }),
  year: z.number().int().meta({ description: 'The year that worst cases and logs are of.' }),
  only: z
    .array(z.string())
    .optional()
    .meta({ description: 'The subjects, or beginnings of keys, that alone were compared; absent: all.' }),
  contracts: z.array(contract).meta({ description: 'The first is the base.' }),
  rows: z.array(row),
  envelope: z.array(envelope),
  witnesses: z.array(witness),
  replay: z.array(replay).optional().meta({ description: 'The same history judged under each contract.' }),
  history: history.optional(),
  warnings: z.array(diagnosticSchema),
  leftOut: index.optional().meta({ description: 'With --only-different: how many rows are alike and not listed.' }),
})

/** JSON Schema (draft-07) of `sla compare -f json`. */
export function comparisonJsonSchema(): object {
  return jsonSchemaOf(comparisonSchema, {
    id: 'urn:sla:v1:comparison',
    title: 'SLA comparison',
    description: 'Contracts held against the first of them: relations, witnesses, worst cases',
  })
}
