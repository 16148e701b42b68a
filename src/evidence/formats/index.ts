import { parse } from 'csv-parse/sync'
import { type Dialect, recordsIn } from '../csv-lines.ts'
import type { FileMapping } from '../file-mapping.ts'
import type { Conversion } from '../json-rows.ts'
import { awsCopyJobs } from './aws-backup-copies.ts'
import { awsBackupJobs } from './aws-backup-jobs.ts'
import { awsRecoveryPoints } from './aws-backup-points.ts'
import { awsRestoreJobs } from './aws-backup-restores.ts'
import { azureBackupJobs } from './azure-backup-jobs.ts'
import { azureRecoveryPoints } from './azure-backup-points.ts'
import { barman } from './barman.ts'
import { borg } from './borg.ts'
import { cyclonedx } from './cyclonedx.ts'
import { defectdojo, defectdojoCsv } from './defectdojo.ts'
import { dependabot } from './dependabot.ts'
import { dependencyTrack } from './dependency-track.ts'
import type { Converter, DocumentTool, Json, Preset, TableTool } from './format.ts'
import { github } from './github.ts'
import { githubEvents } from './github-events.ts'
import { glpi } from './glpi.ts'
import { greenbone } from './greenbone.ts'
import { grype } from './grype.ts'
import { jira } from './jira.ts'
import { jiraCsv } from './jira-csv.ts'
import { kev, kevCsv } from './kev.ts'
import { kopia } from './kopia.ts'
import { npmAudit } from './npm-audit.ts'
import { nvd } from './nvd.ts'
import { openvex } from './openvex.ts'
import { osv } from './osv.ts'
import { pgbackrest } from './pgbackrest.ts'
import { rds } from './rds.ts'
import { rdsInstances } from './rds-instances.ts'
import { restic } from './restic.ts'
import { sarif } from './sarif.ts'
import { serviceNow } from './servicenow.ts'
import { snyk } from './snyk.ts'
import { trivy } from './trivy.ts'
import { velero } from './velero.ts'
import { walg } from './walg.ts'
import { zammad } from './zammad.ts'
import { zendesk } from './zendesk.ts'
import { zendeskEvents } from './zendesk-events.ts'

/** Exports that are tables; the first that fits the headers is it. */
export const PRESETS: readonly Preset[] = [jiraCsv, serviceNow, glpi]

/** Exports that are JSON; the first that fits the first record of a list is it. */
export const CONVERTERS: readonly Converter[] = [jira, zendeskEvents, zendesk, githubEvents, github, zammad]

/** Exports that are whole JSON documents; the first that fits one is it. */
export const DOCUMENTS: readonly DocumentTool[] = [
  trivy,
  grype,
  osv,
  npmAudit,
  sarif,
  cyclonedx,
  openvex,
  kev,
  nvd,
  defectdojo,
  dependencyTrack,
  dependabot,
  snyk,
  restic,
  borg,
  pgbackrest,
  barman,
  walg,
  kopia,
  velero,
  awsBackupJobs,
  awsRecoveryPoints,
  awsCopyJobs,
  awsRestoreJobs,
  rds,
  rdsInstances,
  azureBackupJobs,
  azureRecoveryPoints,
]

/** Exports that are tables of which a row becomes several; the first that fits the headers is it. */
export const TABLES: readonly TableTool[] = [defectdojoCsv, kevCsv, greenbone]

/** The table that a CSV file is by its header, which its first bytes hold. */
export function tableOf(
  head: Buffer,
  dialect: Dialect,
): { readonly preset?: Preset | undefined; readonly table?: TableTool | undefined } {
  const headers = headersIn(head, dialect)
  if (headers === undefined) return {}
  const preset = PRESETS.find(one => one.fits(headers))
  return preset === undefined ? { table: TABLES.find(one => one.fits(headers)) } : { preset }
}

/** The export that the records under a key of a document (`''` for a plain list) are, told by the first of them. */
export function converterOf(record: Json, list: string): Converter | undefined {
  return CONVERTERS.find(converter => converter.lists.includes(list) && converter.fits(record))
}

/** How exports become rows under a file's mapping. */
export function makeConversion(mapping: FileMapping | undefined): Conversion {
  const context = { priorities: new Set(mapping?.values.get('priority')?.keys()) }
  return { converterOf, rowsOf: (converter, record) => converter.rows(record, context) }
}

function headersIn(head: Buffer, dialect: Dialect): readonly string[] | undefined {
  for (const { start, end } of recordsIn(head, dialect)) {
    const record = head.subarray(start, end)
    if (record.toString('latin1').trim() === '') continue
    try {
      const [headers] = parse(record, { delimiter: String.fromCharCode(dialect.delimiter), relax_column_count: true })
      return headers?.map(header => header.trim())
    } catch {
      return undefined
    }
  }
  return undefined
}
