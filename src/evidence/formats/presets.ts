import type { FileMapping } from '../file-mapping.ts'
import type { Preset } from './format.ts'

/** The CSV exports that a mapping may name as `preset`. */
export function presetNames(): readonly string[] {
  return Object.keys(PRESETS)
}

/** The mapping of a named export; undefined for other names. */
export function presetNamed(name: string): Promise<FileMapping> | undefined {
  return PRESETS[name]?.().then(preset => preset.mapping)
}

/** What a file's own mapping says, and from the preset what it leaves unsaid. */
export function layOver(preset: FileMapping, own: FileMapping | undefined): FileMapping {
  if (own === undefined) return preset
  const updates = { ...preset.updates, ...own.updates }
  // A column that the own mapping fills from another header isn't filled twice.
  const filled = new Set(own.columns.values())
  const rest = [...preset.columns].filter(([header, column]) => !own.columns.has(header) && !filled.has(column))
  return {
    ...preset,
    ...own,
    columns: new Map([...own.columns, ...rest]),
    values: new Map([...preset.values, ...own.values]),
    ...(preset.updates === undefined && own.updates === undefined ? {} : { updates }),
  }
}

const PRESETS: Readonly<Record<string, () => Promise<Preset>>> = {
  jira: () => import('./jira-csv.ts').then(module => module.jiraCsv),
  servicenow: () => import('./servicenow.ts').then(module => module.serviceNow),
  glpi: () => import('./glpi.ts').then(module => module.glpi),
}
