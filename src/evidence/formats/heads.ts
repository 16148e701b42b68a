/** Keys of a JSON document under which exports hold their list of records; `records` is the language's own. */
export const LIST_KEYS: readonly string[] = ['records', 'issues', 'tickets', 'ticket_metric_events']

/**
 * Whether the first bytes of a file could be those of a known tool's export: a cheap look for words that plain record
 * files lack, so that only likely files pay for loading the formats.
 */
export function mayBeExport(head: Buffer, format: 'csv' | 'json' | 'ndjson'): boolean {
  if (format !== 'csv') return JSON_SIGNS.some(sign => head.includes(sign))
  const end = head.indexOf(10, firstText(head))
  const header = end < 0 ? head : head.subarray(0, end)
  return CSV_SIGNS.some(sign => header.includes(sign))
}

/**
 * Whether a JSON file whose first object has these keys could be a document that has to be seen whole: such files are
 * gathered before they are read. `head`: its first bytes, for documents whose own keys are names.
 */
export function mayBeDocument(keys: ReadonlySet<string>, head: Buffer): boolean {
  return (
    DOCUMENT_KEYS.some(signs => signs.every(key => keys.has(key))) || INNER_KEYS.some(key => head.includes(`"${key}"`))
  )
}

const CSV_SIGNS = [
  'Issue key',
  'sys_mod_count',
  'Opening date',
  "Date d'ouverture",
  'risk_accepted',
  'vendorProject',
  'NVT OID',
]
/** Keys of documents, or of the elements of lists that are such; those of one list stand together. */
const DOCUMENT_KEYS: readonly (readonly string[])[] = [
  ['SchemaVersion'],
  ['ArtifactName'],
  ['matches'],
  ['ignoredMatches'],
  ['results'],
  ['vulnerabilities'],
  ['auditReportVersion'],
  ['advisories'],
  ['actions'],
  ['runs'],
  ['bomFormat'],
  ['@context'],
  ['risk_accepted'],
  ['attribution'],
  ['matrix'],
  ['findings'],
  ['security_advisory'],
  ['ok', 'error', 'path'],
  ['time', 'tree', 'paths'],
  ['group_key', 'snapshots'],
  ['tags', 'host', 'paths'],
  ['archives'],
  ['cache', 'encryption', 'repository'],
  ['archive', 'backup'],
  ['backup_name', 'wal_file_name'],
  ['source', 'startTime', 'endTime'],
  ['apiVersion', 'kind'],
  ['apiVersion', 'items'],
  ['BackupJobs'],
  ['RecoveryPoints'],
  ['CopyJobs'],
  ['RestoreJobs'],
  ['DBSnapshots'],
  ['DBClusterSnapshots'],
  ['DBInstances'],
]
/** Keys inside of documents whose own keys are names of servers, or say nothing. */
const INNER_KEYS: readonly string[] = ['backup_id', 'backupManagementType', 'operationCategory', 'recoveryPointTime']
const JSON_SIGNS = [
  '"fields"',
  '"changelog"',
  '"requester_id"',
  '"instance_id"',
  '"labels_url"',
  '"createdAt"',
  '"commit_url"',
  '"author_association"',
  '"priority_id"',
  '"first_response_at"',
]

/** Position of the first byte that is no blank. */
function firstText(head: Buffer): number {
  let at = 0
  while (at < head.length && (head[at] ?? 0) <= 32) at++
  return at
}
