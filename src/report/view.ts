import type { Binding } from '../model/finding.ts'
import type { Zone } from '../time/zone.ts'

/** The few colours that output uses; chalk fits, so does `plain`. */
export interface Colours {
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
  dim(text: string): string
  bold(text: string): string
}

/** The page that text is laid out for: columns, colours, and whether only ASCII can be shown. */
export interface Page {
  readonly width: number
  readonly colour: Colours
  readonly ascii: boolean
}

/** How a report is to be shown. Instants are shown in `zone`, the contract's. */
export interface View extends Page {
  /** 0, or how often more was asked for: timelines of all findings, digests of all files. */
  readonly verbose: number
  readonly quiet: boolean
  readonly zone: Zone
  /** Clauses of these bindings make the verdict; guarantees unless said otherwise. */
  readonly bindings?: readonly Binding[]
  /** Percent of an allowance from which a finding is at risk; 90 unless said otherwise. */
  readonly risk?: number
  /** Findings at risk are shown in detail as well. */
  readonly risky?: boolean
  /** Arguments that repeat this audit, each quoted for a shell: `acme.yaml`, `outages.csv`, `--period`, `2026-05`. */
  readonly again?: readonly string[]
  /** What makes the run fail: `breached`, `unverified` …; breaches only unless said otherwise. */
  readonly failOn?: readonly string[]
  /** Instants are told with their year: the audited period is not within one. */
  readonly years?: boolean
  /** The working directory: formats that want relative paths cut it off. */
  readonly directory?: string
  /** Where the repository's files can be looked at, with a slash at the end: `https://github.com/acme/sla/blob/4f2c/`. */
  readonly source?: string
}

/** Whether clauses of a binding make the verdict. */
export function decides(binding: Binding, view: View): boolean {
  return (view.bindings ?? ['guarantee']).includes(binding)
}

export const plain: Colours = { red: same, green: same, yellow: same, cyan: same, dim: same, bold: same }

/** The drawing characters of a page. */
export function symbols(page: Page): typeof UNICODE {
  return page.ascii ? ASCII : UNICODE
}

const UNICODE = { ellipsis: '…', dot: '·', dash: '–', rule: '│', bar: '━', light: '─', limit: '┿', bullet: '•' }
const ASCII: typeof UNICODE = {
  ellipsis: '...',
  dot: '-',
  dash: '-',
  rule: '|',
  bar: '=',
  light: '-',
  limit: '|',
  bullet: '*',
}

function same(text: string): string {
  return text
}
