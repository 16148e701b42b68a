/** Something to start from: files under `examples/templates/NAME`, and the audit of them that finds all kept. */
export interface Template {
  readonly name: string
  readonly title: string
  /** Paths from its folder, as they are written. */
  readonly files: readonly string[]
  readonly period: string
  readonly asOf: string
}

/** All templates; the first is taken where none is named. */
export const TEMPLATES: readonly Template[] = [
  {
    name: 'saas',
    title: 'a hosted application: availability, announced maintenance, support, nightly backups',
    files: [
      'contract.yaml',
      'waivers.yaml',
      'evidence/backups.csv',
      'evidence/coverage.csv',
      'evidence/maintenance.csv',
      'evidence/outages.csv',
      'evidence/ticket-changes.csv',
      'evidence/tickets.csv',
    ],
    period: '2026-05',
    asOf: '2026-06-07',
  },
  {
    name: 'support',
    title: 'times to respond and to resolve, by priority, in support hours and round the clock',
    files: ['contract.yaml', 'waivers.yaml', 'evidence/ticket-changes.csv', 'evidence/tickets.csv'],
    period: '2026-05',
    asOf: '2026-06-07',
  },
  {
    name: 'backup',
    title: 'how often backups are made, how long they are kept, a copy elsewhere, where the data lie',
    files: ['contract.yaml', 'waivers.yaml', 'evidence/backups.csv', 'evidence/copies.csv', 'evidence/coverage.csv'],
    period: '2026-05',
    asOf: '2026-06-15',
  },
  {
    name: 'vulnerability',
    title: 'vulnerabilities fixed within times that depend on their score',
    files: ['contract.yaml', 'waivers.yaml', 'evidence/vulnerabilities.csv'],
    period: '2026-05',
    asOf: '2026-06-07',
  },
  {
    name: 'recovery',
    title: 'how much may be lost, how long a restore may take, tests that it works',
    files: [
      'contract.yaml',
      'waivers.yaml',
      'evidence/coverage.csv',
      'evidence/incidents.csv',
      'evidence/recovery-points.csv',
      'evidence/restores.csv',
    ],
    period: '2026-05',
    asOf: '2026-06-07',
  },
]

/** What every template brings: its path in the package, and where it is written. */
export const SHARED: readonly { readonly from: string; readonly to: string }[] = [
  { from: 'examples/templates/shared/sla-ci.yml', to: 'sla-ci.yml' },
  { from: 'schemas/contract.schema.json', to: '.sla/contract.schema.json' },
  { from: 'schemas/waivers.schema.json', to: '.sla/waivers.schema.json' },
]
