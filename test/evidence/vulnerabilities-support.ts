import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Happened } from '../../src/evidence/records.ts'
import type { Life, Vulnerability } from '../../src/evidence/vulnerabilities/records.ts'

export const TYPES = new Set([
  'vulnerability',
  'advisory',
  'score',
  'acceptance',
  'vex',
  'known-exploited',
  'epss',
  'scan',
])

export function allOf({ vulnerabilities }: Evidence): readonly Vulnerability[] {
  return Array.from({ length: vulnerabilities.count }, (_, i) => vulnerabilities.vulnerability(i))
}

export function onlyOf(evidence: Evidence): Vulnerability {
  const [only, ...others] = allOf(evidence)
  if (only === undefined || others.length > 0) throw new Error(`${others.length + 1} vulnerabilities`)
  return only
}

/** `05` for 5 May 2026 00:00 UTC, `05T10` for 10:00, `05+1` for 1 ms later, `05~07` for anything from one to the other. */
export function day(moment: Happened): string {
  if (moment === undefined) return '?'
  if (moment === null) return '-'
  const { earliest, latest } = moment
  return earliest === latest ? instant(earliest) : `${instant(earliest)}~${instant(latest)}`
}

function instant(at: number): string {
  const ms = at - Date.UTC(2026, 4, 1)
  const days = Math.floor(ms / 86_400_000) + 1
  const rest = ms - (days - 1) * 86_400_000
  const hours = Math.floor(rest / 3_600_000)
  const more = rest - hours * 3_600_000
  return `${String(days).padStart(2, '0')}${hours === 0 ? '' : `T${hours}`}${more === 0 ? '' : `+${more}`}`
}

/** `05 → 09` for each life, with its flaw where it has one. */
export function spans({ lives }: Pick<Vulnerability, 'lives'>): readonly string[] {
  return lives.map(({ detected, fixed, flaw }) =>
    [day(detected), '→', day(fixed), ...(flaw === undefined ? [] : [flaw.reason])].join(' '),
  )
}

/** `2 9.8 nvd 3.1` for a score from 2 May on. */
export function scores({ scores: list }: Life): readonly string[] {
  return list.map(({ at, value, source, version, label, computed }) =>
    [day(at), value, source, version, label, computed].filter(part => part !== undefined && part !== '').join(' '),
  )
}

/** Lines of which words such as `05` and `05T10` between commas are stamps in May 2026 UTC. */
export function table(header: string, ...rows: readonly string[]): string {
  const stamped = (cell: string): string => {
    const found = /^(\d\d)(?:T(\d\d))?$/.exec(cell)
    return found === null ? cell : `2026-05-${found[1]}T${found[2] ?? '00'}:00:00Z`
  }
  return [header, ...rows.map(row => row.split(',').map(stamped).join(','))].join('\n')
}

/** `VULNERABILITY used/later/duplicates/skipped` of each file and type. */
export function counts({ inputs }: Evidence): readonly string[] {
  return inputs.flatMap(input =>
    input.counts.map(one => `${one.type} ${one.used}/${one.later}/${one.duplicates}/${one.skipped}`),
  )
}
