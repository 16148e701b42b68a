import type { Cell, Comparison, EnvelopeValue, Relation, Row } from '../../src/model/comparison.ts'
import { at } from './fixture.ts'

/** A promise as a cell of a contract. */
export function promised(text: string, more: Partial<Cell> = {}): Cell {
  return { state: 'promised', text, clause: 'clause', binding: 'guarantee', rules: [], witnesses: [], ...more }
}

/** Nothing promised; `relation` only where the base does promise it. */
export function nothing(relation?: Relation): Cell {
  const rules = relation === undefined ? [] : ['only the base promises it']
  return { state: 'not-promised', text: '', rules, witnesses: [], ...(relation !== undefined && { relation }) }
}

export function rowOf(key: string, subject: string, name: string, cells: readonly Cell[]): Row {
  return { key, subject, name, cells }
}

export function contractOf(id: string, more: Partial<Comparison['contracts'][number]> = {}) {
  const [file, sha256] = [`contracts/${id}.yaml`, 'ab'.repeat(32)]
  return { id, file, sha256, timezone: 'Europe/Paris', kind: 'Contract', ...more } as const
}

export function comparisonOf(more: Partial<Comparison> = {}): Comparison {
  return {
    schemaVersion: 1,
    tool: { name: 'sla', version: '0.1.0' },
    year: 2026,
    contracts: [contractOf('acme'), contractOf('boreal'), contractOf('cobalt')],
    rows: [],
    envelope: [],
    witnesses: [],
    warnings: [],
    ...more,
  }
}

const none: EnvelopeValue = { text: 'not promised', notes: [] }

/** Three contracts that stand in every way to the first, with worst cases, two logs and a history. */
export const three: Comparison = comparisonOf({
  rows: [
    rowOf('availability', 'Availability', 'availability', [
      promised('≥ 99.5 % a calendar month', { clause: 'uptime' }),
      promised('≥ 99.9 % a calendar month', {
        clause: 'up',
        relation: 'incomparable',
        rules: ['it leaves out more', 'it permits 44m 38.4s of downtime'],
        witnesses: [0, 1],
        span: { file: 'contracts/boreal.yaml', line: 12, column: 3, length: 4 },
      }),
      promised('≥ 99.8 % a calendar year', { binding: 'objective', relation: 'weaker', rules: ['an objective only'] }),
    ]),
    rowOf('support/P1/respond', 'Support', 'P1 respond', [
      promised('2h of support hours'),
      promised('1h of support hours', { relation: 'stronger', best: true, searched: true }),
      nothing('missing'),
    ]),
    rowOf('support/P1/resolve', 'Support', 'P1 resolve', [
      promised('4h of support hours'),
      promised('4h of support hours', { relation: 'equal' }),
      { ...promised('best effort', { relation: 'not-decidable' }), state: 'not-auditable' },
    ]),
    rowOf('control/audit', 'Controls', 'audit', [
      nothing(),
      nothing(),
      promised('once a year', { relation: 'added', best: true, rules: ['the base does not promise it'] }),
    ]),
  ],
  envelope: [
    {
      key: 'downtime/month',
      subject: 'Availability',
      name: 'downtime in one month',
      values: [
        {
          ms: 13_410_000,
          text: '3h 43m 30s',
          at: { start: at('2026-10-01T00:00:00+02:00'), end: at('2026-11-01T00:00:00+01:00') },
          beside: 'unlimited, if announced',
          notes: [],
        },
        { ms: 2_682_000, text: '44m 42s', best: true, notes: ['as long in every month of 31 days'] },
        { text: 'no limit', notes: [] },
      ],
    },
    {
      key: 'support/P1/response-wall',
      subject: 'Support',
      name: 'P1 longest wait',
      values: [
        {
          ms: 230_400_000,
          text: '2d 16h',
          at: { start: at('2026-10-23T18:30:00+02:00'), end: at('2026-10-26T09:30:00+01:00') },
          notes: [],
        },
        none,
        none,
      ],
    },
  ],
  witnesses: [
    {
      row: 'availability',
      other: 1,
      breaches: 0,
      period: { start: at('2026-01-01T00:00:00+01:00'), end: at('2026-02-01T00:00:00+01:00'), text: '2026-01' },
      asOf: at('2026-02-01T00:00:00+01:00'),
      rows: [{ type: 'outage', start: '2026-01-10T10:00:00+01:00', end: '2026-01-10T14:00:00+01:00' }],
      story: 'one outage of 4h, announced.',
      verdicts: [
        { contract: 0, finding: 'uptime/2026-01', status: 'breached' },
        { contract: 1, finding: 'up/2026-01', status: 'met' },
      ],
    },
    {
      row: 'availability',
      other: 1,
      breaches: 1,
      period: { start: at('2026-02-01T00:00:00+01:00'), end: at('2026-03-01T00:00:00+01:00'), text: '2026-02' },
      asOf: at('2026-03-01T00:00:00+01:00'),
      rows: [{ type: 'outage', start: '2026-02-10T10:00:00+01:00', end: '2026-02-10T11:00:00+01:00' }],
      renamed: [{ type: 'outage', service: 'app', start: '2026-02-10T10:00:00+01:00' }],
      story: 'one outage of 1h',
      verdicts: [
        { contract: 0, finding: 'uptime/2026-02', status: 'met' },
        { contract: 1, finding: 'up/2026-02', status: 'breached' },
      ],
    },
  ],
  replay: [
    {
      key: 'availability',
      subject: 'Availability',
      name: 'availability',
      verdicts: [
        { status: 'met', breached: 0, judged: 3 },
        {
          status: 'breached',
          breached: 2,
          judged: 3,
          first: at('2026-04-07T09:00:00+02:00'),
          worst: '36m 48s over',
          finding: 'up/2026-04',
        },
        undefined,
      ],
    },
  ],
  warnings: [{ code: 'not-aligned', severity: 'warning', message: 'P1 stands alone', hint: 'say --align FILE' }],
})

/** Two versions of one contract: stricter, laxer, both, dropped, new, the same otherwise said, and unchanged. */
export const versions: Comparison = comparisonOf({
  contracts: [contractOf('acme', { version: '2025' }), contractOf('acme', { version: '2026', file: 'acme-2026.yaml' })],
  rows: [
    rowOf('support/P1/respond', 'Support', 'P1 respond', [
      promised('4h', { clause: 'tickets' }),
      promised('2h', { clause: 'tickets', relation: 'stronger', best: true }),
    ]),
    rowOf('support/P2/respond', 'Support', 'P2 respond', [promised('8h'), promised('8h', { relation: 'equal' })]),
    rowOf('support/P3/respond', 'Support', 'P3 respond', [
      promised('60min', { clause: 'tickets' }),
      promised('1h', { clause: 'tickets', relation: 'equal' }),
    ]),
    rowOf('availability', 'Availability', 'availability', [
      promised('≥ 99.9 %', { clause: 'up' }),
      promised('≥ 99.5 %', { clause: 'up', relation: 'weaker', rules: ['it permits more downtime'], witnesses: [0] }),
    ]),
    rowOf('control/audit', 'Controls', 'audit', [promised('once a year'), nothing('missing')]),
    rowOf('control/scan', 'Controls', 'scan', [nothing(), promised('once a month', { relation: 'added' })]),
  ],
  envelope: ['month', 'year'].map((span, i) => ({
    key: `downtime/${span}`,
    subject: 'Availability',
    name: `downtime in a ${span}`,
    values: [
      { ms: 60_000, text: '1m', notes: [] },
      { ms: i === 0 ? 60_000 : 120_000, text: i === 0 ? '1m' : '2m', notes: [] },
    ],
  })),
  witnesses: three.witnesses.slice(0, 1).map(witness => ({ ...witness, breaches: 0, other: 1 })),
})

/** A comparison with the text wherever one of others may stand: in contracts, in rules of theirs, in evidence. */
export function holding(text: string, told: Comparison = three): Comparison {
  const all = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(all)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        TEXTS.has(key) && typeof one === 'string' ? text : LISTS.has(key) ? [text] : all(one),
      ]),
    )
  }
  const held = all(told) as Comparison
  const rows = [
    { type: 'outage', [text || 'x']: text },
    { type: text, start: text },
  ]
  return { ...held, witnesses: held.witnesses.map(one => ({ ...one, rows })) }
}

const TEXTS = new Set(
  'id title version file text name subject story message hint beside clause finding worst'.split(' '),
)
const LISTS = new Set(['rules', 'notes'])
