import { isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import { type Diagnostic, InputError } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'
import type { Zone } from '../time/zone.ts'
import { zoneNameProblem } from '../time/zone-names.ts'
import { type FileMapping, LOCATION_COLUMNS, type Mapping, type NamedColumn, type UpdateRules } from './file-mapping.ts'
import { columnName } from './filter.ts'
import { layOver, presetNamed, presetNames } from './formats/presets.ts'
import { globFits } from './glob.ts'
import { ENTRY, type Entry, expectedIn } from './mapping-schema.ts'
import { diagnose } from './problems.ts'
import { ALL_COLUMNS, namedType } from './recognise.ts'
import { formName, timeFormat } from './time-format.ts'

/**
 * A `--map` file: one entry or a list of them; the first whose `files` fits a file holds for it. InputError with
 * everything that is wrong.
 */
export async function loadMapping(file: string, bytes: Uint8Array, zones: (name: string) => Zone): Promise<Mapping> {
  const source = Buffer.from(bytes).toString()
  const counter = new LineCounter()
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false })
  const lines = source.split(/\r?\n/)
  const problems: Diagnostic[] = []

  function report(offset: number, message: string, hint?: string): void {
    const { line, col } = counter.linePos(offset)
    const place = { line, column: col, frame: lines[line - 1] ?? '' }
    problems.push(
      diagnose(file, 'error', { code: 'bad-mapping', message, ...(hint === undefined ? {} : { hint }), place }),
    )
  }

  function offsetOf(path: readonly PropertyKey[], key = false): number {
    const parent = document.getIn(path.slice(0, -1), true)
    const items = typeof parent === 'object' && parent !== null && 'items' in parent ? (parent.items as unknown[]) : []
    const pair = items.find(
      item => isPair(item) && isScalar(item.key) && String(item.key.value) === String(path.at(-1)),
    )
    const node = key && isPair(pair) ? pair.key : path.length === 0 ? document.contents : document.getIn(path, true)
    if (isNode(node) && node.range) return node.range[0]
    return path.length === 0 ? 0 : offsetOf(path.slice(0, -1))
  }

  for (const error of [...document.errors, ...document.warnings]) report(error.pos[0], error.message)
  if (problems.length > 0) throw new InputError(problems)
  const value: unknown = document.toJS()
  const several = Array.isArray(value)
  const inFile = (path: readonly PropertyKey[]): readonly PropertyKey[] => (several ? path : path.slice(1))
  // What is wrong with a key is said beside what is wrong with the others.
  const read = (several ? value : [value]).map((entry: unknown, i: number): Entry => {
    const parsed = ENTRY.safeParse(entry)
    if (parsed.success) return parsed.data
    const told = new Set<string>()
    for (const issue of parsed.error.issues) {
      const path = [i, ...issue.path]
      if (issue.code === 'unrecognized_keys') for (const key of issue.keys) unknownKey(path, key)
      else if (!told.has(path.join('\n'))) report(offsetOf(inFile(path)), expectedIn(issue.path))
      told.add(path.join('\n'))
    }
    const bad = new Set(
      parsed.error.issues.flatMap(one =>
        one.path.length > 0 || one.code !== 'unrecognized_keys' ? [String(one.path[0])] : one.keys,
      ),
    )
    const rest = Object.entries(Object(entry)).filter(([key]) => !bad.has(key))
    return ENTRY.safeParse(Object.fromEntries(rest)).data ?? {}
  })

  function unknownKey(path: readonly PropertyKey[], key: string): void {
    const known = path[1] === 'locations' ? LOCATION_COLUMNS : Object.keys(ENTRY.shape)
    const meant = nearest(key, known)
    const hint = meant === undefined ? `known keys are ${known.join(', ')}` : `did you mean "${meant}"?`
    report(offsetOf(inFile([...path, key]), true), `unknown key "${key}"`, hint)
  }

  const entries = read.map((entry, i) => {
    const at = (key: string): number => offsetOf(inFile([i, key]))
    const type = entry.as === undefined ? undefined : namedType(entry.as)
    if (type !== undefined && !('type' in type)) report(at('as'), type.message, type.hint)
    if (entry.timezone !== undefined) checkZone(entry.timezone, at('timezone'))
    const format = entry['time-format'] === undefined ? undefined : timeFormat(entry['time-format'])
    if (entry['time-format'] !== undefined && format === undefined) {
      report(
        at('time-format'),
        `time-format "${entry['time-format']}" is not known`,
        'use epoch-s, epoch-ms or a pattern such as DD/MM/YYYY HH:mm[:ss]',
      )
    }
    const preset = entry.preset === undefined ? undefined : presetOf(entry.preset, at('preset'))
    const updates = updatesOf(entry, at)
    const set = new Map(Object.entries(entry.set ?? {}).map(([name, text]) => [columnName(name), text]))
    for (const name of Object.keys(entry.set ?? {})) checkSet(name, offsetOf(inFile([i, 'set', name]), true))
    const locations = new Map(Object.entries(entry.locations ?? {}).map(([name, cells]) => [name.trim(), cells]))
    for (const [name, { country }] of locations) {
      if (country === undefined || /^[A-Za-z]{2}$/.test(country)) continue
      const offset = offsetOf(inFile([i, 'locations', name, 'country']))
      report(offset, `country "${country}": expected a code of two letters`, 'such as FR or DE (ISO 3166)')
    }
    const placeOf = (...path: readonly string[]): string =>
      `${file}:${counter.linePos(offsetOf(inFile([i, ...path]), path.length > 0)).line}`
    const named = (['columns', 'values', 'where'] as const).flatMap(key =>
      Object.keys(entry[key] ?? {}).map((name): NamedColumn => ({ key, name, place: placeOf(key, name) })),
    )
    const texts = Object.entries(entry.values ?? {}).flatMap(([column, list]) =>
      Object.keys(list).map(text => ({ column: columnName(column), text, place: placeOf('values', column, text) })),
    )
    const sets = Object.entries(entry.set ?? {}).map(([column, text]) => ({
      column: columnName(column),
      text,
      place: placeOf('set', column),
    }))
    const own: FileMapping = {
      columns: new Map(Object.entries(entry.columns ?? {})),
      values: new Map(
        Object.entries(entry.values ?? {}).map(([column, texts]) => [
          columnName(column),
          new Map(Object.entries(texts)),
        ]),
      ),
      ...(set.size === 0 ? {} : { set }),
      ...(locations.size === 0 ? {} : { locations }),
      ...(entry.as === undefined ? {} : { as: entry.as }),
      ...(format === undefined ? {} : { format, form: formName(entry['time-format'] ?? '') }),
      ...(entry.timezone === undefined ? {} : { timezone: entry.timezone }),
      ...(entry.where === undefined
        ? {}
        : { where: Object.entries(entry.where).map(([column, wanted]) => condition(column, wanted)) }),
      ...(updates === undefined ? {} : { updates }),
      named,
      texts,
      sets,
      place: placeOf(),
    }
    const stated = at(entry.rows === undefined ? 'preset' : 'rows')
    return { files: entry.files, own, preset, stated }
  })

  function presetOf(name: string, offset: number): Promise<FileMapping> | undefined {
    const found = presetNamed(name)
    if (found !== undefined) return found
    const meant = nearest(name, presetNames())
    report(
      offset,
      `unknown preset "${name}"${meant === undefined ? '' : `: did you mean "${meant}"?`}`,
      `known presets are ${presetNames().join(', ')}`,
    )
    return undefined
  }

  /** Undefined where no key says anything of successive states. */
  function updatesOf(entry: Entry, at: (key: string) => number): UpdateRules | undefined {
    const { rows, preset, states } = entry
    const resolvedIn = entry['resolved-in']
    if (rows !== undefined && rows !== 'updates') report(at('rows'), `rows "${rows}": expected updates`)
    if (rows === 'updates' && entry.as !== undefined && namedTypeIs(entry.as, 'ticket') === false) {
      report(at('as'), `rows: updates is for records of type ticket, not ${entry.as}`)
    }
    for (const key of ['resolved-in', 'states'] as const) {
      if (entry[key] === undefined || rows !== undefined || preset !== undefined) continue
      report(at(key), `${key} says how successive states are read`, 'say rows: updates too, or a preset that has them')
    }
    for (const state of resolvedIn ?? []) {
      if (states === undefined || states.includes(state)) continue
      const meant = nearest(state, states)
      const hint = meant === undefined ? `states has ${states.join(', ')}` : `did you mean "${meant}"?`
      report(at('resolved-in'), `resolved-in "${state}" is none of states`, hint)
    }
    if (rows === undefined && resolvedIn === undefined && states === undefined) return undefined
    return { ...(resolvedIn === undefined ? {} : { resolvedIn }), ...(states === undefined ? {} : { states }) }
  }

  function checkSet(name: string, offset: number): void {
    const column = columnName(name)
    const meant = ALL_COLUMNS.has(column) ? undefined : nearest(column, ALL_COLUMNS)
    if (column === 'type') report(offset, 'set can not say the type of rows', 'say as: TYPE')
    else if (meant !== undefined) report(offset, `no record has a column "${name}"`, `did you mean "${meant}"?`)
  }

  function checkZone(name: string, offset: number): void {
    const problem = zoneNameProblem(name)
    if (problem !== undefined) report(offset, problem.message, problem.hint)
    else zones(name)
  }

  const made: { readonly files: string | undefined; readonly mapping: FileMapping }[] = []
  for (const { files, own, preset, stated } of entries) {
    const base = await preset
    if (base !== undefined && base.updates === undefined && own.updates !== undefined) {
      report(stated, `preset ${base.preset} has one row for each ticket, not one for each of its states`)
    }
    made.push({ files, mapping: base === undefined ? own : layOver(base, own) })
  }
  if (problems.length > 0) throw new InputError(problems)
  return path => made.find(({ files }) => files === undefined || globFits(files, path))?.mapping
}

function namedTypeIs(text: string, wanted: string): boolean | undefined {
  const found = namedType(text)
  return 'type' in found ? found.type === wanted : undefined
}

function condition(column: string, wanted: readonly string[] | { readonly not: readonly string[] }) {
  return 'not' in wanted ? { column, values: wanted.not, not: true } : { column, values: wanted, not: false }
}
