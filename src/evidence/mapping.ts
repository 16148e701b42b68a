import { isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'
import { type Diagnostic, InputError } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'
import type { Zone } from '../time/zone.ts'
import { zoneNameProblem } from '../time/zone-names.ts'
import type { FileMapping, Mapping, NamedColumn, UpdateRules } from './file-mapping.ts'
import { columnName } from './filter.ts'
import { layOver, presetNamed, presetNames } from './formats/presets.ts'
import { globFits } from './glob.ts'
import { diagnose } from './problems.ts'
import { namedType } from './recognise.ts'
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
  const parsed = z.array(ENTRY).safeParse(several ? value : [value])
  const inFile = (path: readonly PropertyKey[]): readonly PropertyKey[] => (several ? path : path.slice(1))
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      if (issue.code !== 'unrecognized_keys') report(offsetOf(inFile(issue.path)), issue.message)
      else
        for (const key of issue.keys) {
          const meant = nearest(key, Object.keys(ENTRY.shape))
          report(
            offsetOf(inFile([...issue.path, key]), true),
            `unknown key "${key}"`,
            meant === undefined ? KEYS : `did you mean "${meant}"?`,
          )
        }
    }
    throw new InputError(problems)
  }

  const entries = parsed.data.map((entry, i) => {
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
    const named = (['columns', 'values', 'where'] as const).flatMap(key =>
      Object.keys(entry[key] ?? {}).map((name): NamedColumn => {
        const { line } = counter.linePos(offsetOf(inFile([i, key, name]), true))
        return { key, name, place: `${file}:${line}` }
      }),
    )
    const own: FileMapping = {
      columns: new Map(Object.entries(entry.columns ?? {})),
      values: new Map(
        Object.entries(entry.values ?? {}).map(([column, texts]) => [
          columnName(column),
          new Map(Object.entries(texts)),
        ]),
      ),
      ...(entry.as === undefined ? {} : { as: entry.as }),
      ...(format === undefined ? {} : { format, form: formName(entry['time-format'] ?? '') }),
      ...(entry.timezone === undefined ? {} : { timezone: entry.timezone }),
      ...(entry.where === undefined
        ? {}
        : { where: Object.entries(entry.where).map(([column, wanted]) => condition(column, wanted)) }),
      ...(updates === undefined ? {} : { updates }),
      named,
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

const TEXT = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const VALUES = z.union([TEXT.transform(text => [text]), z.array(TEXT)])
const ENTRY = z.strictObject({
  files: z.string().optional(),
  as: z.string().optional(),
  columns: z.record(z.string(), z.string()).optional(),
  values: z.record(z.string(), z.record(z.string(), TEXT)).optional(),
  'time-format': z.string().optional(),
  timezone: z.string().optional(),
  where: z.record(z.string(), z.union([VALUES, z.strictObject({ not: VALUES })])).optional(),
  rows: z.string().optional(),
  'resolved-in': VALUES.optional(),
  states: VALUES.optional(),
  preset: z.string().optional(),
})

type Entry = z.infer<typeof ENTRY>

const KEYS = `known keys are ${Object.keys(ENTRY.shape).join(', ')}`

function condition(column: string, wanted: readonly string[] | { readonly not: readonly string[] }) {
  return 'not' in wanted ? { column, values: wanted.not, not: true } : { column, values: wanted, not: false }
}
