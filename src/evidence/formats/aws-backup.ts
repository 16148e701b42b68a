import { awsCountry } from './aws-backup-regions.ts'
import { componentOf, epochStamp } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext } from './format.ts'
import type { Shape } from './shape.ts'
import { field, isObject, list } from './values.ts'

/** Cells of where something is; the location is the whole ARN: names of vaults are of one account and region alone. */
export interface AwsPlace {
  readonly location: string
  readonly provider: 'aws'
  readonly region: string | undefined
  readonly country: string | undefined
}

/** The place that an ARN names; undefined for what is no ARN. */
export function placeOf(value: unknown): AwsPlace | undefined {
  const location = wordOf(value)
  const parts = arnIn(location)
  if (location === undefined || parts === undefined) return undefined
  return { location, provider: 'aws', ...regionOf(parts.region) }
}

export function regionOf(region: string): Pick<AwsPlace, 'region' | 'country'> {
  return region === '' ? { region: undefined, country: undefined } : { region, country: awsCountry(region) }
}

export interface Arn {
  readonly region: string
  readonly account: string
  /** `db:shop`, `stack/shop/5f2d1c30`. */
  readonly resource: string
}

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; region and account may be blank. */
export function arnIn(value: unknown): Arn | undefined {
  const parts = /^arn:[\w-]+:[\w-]+:([\w-]*):(\w*):(.+)$/.exec(wordOf(value) ?? '')
  if (parts === null) return undefined
  const [, region = '', account = '', resource = ''] = parts
  return { region, account, resource }
}

/** What was backed up, by its ARN, its name and its type; by default the name in its ARN: `shop` of `…:db:shop`. */
export function resourceOf(record: unknown, arn: unknown, context: DocumentContext): string | undefined {
  const parts = arnIn(arn)?.resource.split(/[:/]/) ?? []
  const names = parts.length > 1 ? parts.slice(1) : parts
  const given = wordOf(field(record, 'ResourceName'))
  const texts = [given, ...names, wordOf(arn), wordOf(field(record, 'ResourceType'))]
  return componentOf(texts, names[0] ?? given, context)
}

/** Stamps are seconds since 1970 or texts, as the CLI is told to print them. */
export function awsStamp(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return epochStamp(value) ?? (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined)
}

/** Cells of what runs or ran from one stamp to another. */
export function timesOf(record: unknown, isRunning: boolean): Readonly<Record<string, string | undefined>> {
  return {
    started_at: awsStamp(field(record, 'CreationDate')),
    completed_at: isRunning ? '' : awsStamp(field(record, 'CompletionDate')),
  }
}

/** What all jobs have. */
export const JOB: Shape = {
  CreationDate: 'scalar',
  CompletionDate: 'scalar',
  State: 'text',
  StatusMessage: 'text',
  MessageCategory: 'text',
  RecoveryPointArn: 'text',
  ResourceArn: 'text',
  ResourceName: 'text',
  ResourceType: 'text',
  BackupVaultArn: 'text',
  CreatedBy: 'object',
}

/** Whether a document holds a list under a key whose first element, if any, has another key. */
export function holds(document: unknown, key: string, inner: string): boolean {
  const [first] = list(document, key) ?? [undefined]
  return list(document, key) !== undefined && isObject(document) && (first === undefined || inner in Object(first))
}

/** `COMPLETED` → status. AWS shows as completed with issues what is completed and has a message. */
export function statusOf(record: unknown, states: ReadonlyMap<string, string>): string | undefined {
  const status = states.get(wordOf(field(record, 'State')) ?? '')
  if (status !== 'success') return status
  const category = wordOf(field(record, 'MessageCategory'))
  if (category !== undefined) return category.toUpperCase() === 'SUCCESS' ? 'success' : 'warning'
  return wordOf(field(record, 'StatusMessage')) === undefined ? 'success' : 'warning'
}

export function unknownState(what: string, state: unknown, states: ReadonlyMap<string, string>): string {
  return `${what} is in the state "${wordOf(state) ?? ''}": expected one of ${[...states.keys()].join(', ')}`
}
