import { azureCountry } from './azure-backup-regions.ts'
import { wordOf } from './finding-rows.ts'
import { field, isObject, list, path } from './values.ts'

/** Records of what `az` prints (a list) or the REST API answers (`{ value: [ … ] }`); undefined for anything else. */
export function recordsIn(document: unknown): readonly unknown[] | undefined {
  return Array.isArray(document) ? document : list(document, 'value')
}

/** An object of the document for what has none of its own. */
export function topOf(document: unknown): object {
  if (isObject(document)) return document
  return (recordsIn(document) ?? []).find(isObject) ?? {}
}

/** `shop-vault` of `…/vaults/shop-vault/backupJobs/…` for `vaults`, whatever the case of the key. */
export function partOf(id: unknown, key: string): string | undefined {
  const parts = (wordOf(id) ?? '').split('/')
  const at = parts.findIndex(part => part.toLowerCase() === key.toLowerCase())
  return at < 0 ? undefined : wordOf(parts[at + 1])
}

/** `shop-rg/shop-vault`: names of vaults are of their resource group alone. */
export function vaultOf(id: unknown): string | undefined {
  const vault = partOf(id, 'vaults') ?? partOf(id, 'backupVaults')
  const group = partOf(id, 'resourceGroups')
  return vault === undefined || group === undefined ? undefined : `${group}/${vault}`
}

/** Region and country where a resource tells its region. */
export function regionIn(resource: unknown): Readonly<Record<'region' | 'country', string | undefined>> {
  const region = wordOf(field(resource, 'location'))
  return { region, country: region === undefined ? undefined : azureCountry(region) }
}

/** `Full` → kind; undefined for what says nothing of it, as `CrashConsistent` and `Backup`. */
export function kindIn(value: unknown): string | undefined {
  const word = /\b(full|differential|incremental|log)\b/i.exec(wordOf(value) ?? '')?.[1]
  return word?.toLowerCase()
}

export function property(record: unknown, ...keys: readonly string[]): unknown {
  return path(record, 'properties', ...keys)
}
