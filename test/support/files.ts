import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { auditContract } from '../../src/audit/audit.ts'
import { planAudit } from '../../src/audit/plan.ts'
import { clauseKinds } from '../../src/clauses/index.ts'
import { loadContract } from '../../src/contract/load.ts'
import { readEvidence } from '../../src/evidence/read.ts'
import type { Report } from '../../src/model/report.ts'
import { parsePeriod } from '../../src/time/period.ts'
import { zones } from './audit.ts'
import { ms } from './instants.ts'

/** A contract (YAML) and evidence files (name → text), audited the way the command goes. */
export interface FileCase {
  readonly contract: string
  readonly files: Readonly<Record<string, string>>
  readonly period: string
  readonly asOf?: string
  readonly onBadRow?: 'error' | 'skip'
}

export async function auditFiles({ contract: yaml, files, period, asOf, onBadRow }: FileCase): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'sla-audit-'))
  try {
    const bytes = new TextEncoder().encode(yaml)
    const contract = await loadContract({ file: 'contract.yaml', bytes }, clauseKinds, { zones })
    const plan = await planAudit(contract, clauseKinds)
    const paths = Object.entries(files).map(([name, text]) => {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    })
    const at = ms(asOf ?? '2026-08-01T00:00:00Z')
    const options = {
      asOf: at,
      services: [...contract.services.keys()],
      types: plan.types,
      filters: plan.filters,
      ...(plan.maxGap !== undefined && { maxGap: plan.maxGap }),
      timezone: contract.timezone,
      onBadRow: onBadRow ?? ('error' as const),
    }
    const evidence = await readEvidence(paths, options, zones, { stdin: Readable.from([]) })
    const interval = parsePeriod(period, zones(contract.timezone))
    if ('problem' in interval) throw new Error(interval.problem)
    const settings = { asOf: at, assumeComplete: new Set<string>(), riskPercent: 90, zones, version: '0.0.0' }
    return auditContract(plan, evidence, { ...settings, period: { interval, text: period } })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
