import type { Inspection } from '../evidence/inspect.ts'
import { formatDiagnostics } from '../report/diagnostics.ts'
import { LEFT_OUT } from '../report/inputs.ts'
import { instantText } from '../report/instants.ts'
import { jsonText } from '../report/json.ts'
import { type Cell, paragraph, table } from '../report/layout.ts'
import { clean, cutStart, unheeded } from '../report/printable.ts'
import { grouped } from '../report/quantities.ts'
import type { Page } from '../report/view.ts'
import type { Zone } from '../time/zone.ts'
import { documentKind } from './documents.ts'
import { BAD_INPUT } from './exit-codes.ts'
import type { Io } from './io.ts'
import type { CommonOptions, ReadingOptions } from './options.ts'
import { pageFor } from './pages.ts'
import { cliZones, progressOn, readingChoices } from './pipeline.ts'

export interface InspectOptions extends CommonOptions, ReadingOptions {}

/** `sla inspect`: how each file is read, with its problems; returns 3 when one has errors, else 0. */
export async function inspect(files: readonly string[], options: InspectOptions, io: Io): Promise<number> {
  const zones = await cliZones()
  const choices = await readingChoices(options, io)
  const { inspectFiles } = await import('../evidence/inspect.ts')
  const progress = await progressOn(io, options)
  const read = await inspectFiles(
    files,
    { ...choices, ...(progress !== undefined && { onProgress: progress.onProgress }) },
    zones,
    { stdin: io.stdin },
  )
  const inspections = await Promise.all(read.map(one => withoutDocument(one, io)))
  if (options.format === 'json') io.stdout.write(`${jsonText(inspections)}\n`)
  else {
    const page = await pageFor(io.stdout, io, options)
    const quiet = options.quiet === true
    const told = new Map<string, string>()
    const blocks = inspections.map(inspection => {
      const { tool, file } = inspection
      const first = tool === undefined ? undefined : told.get(tool.name)
      if (tool !== undefined && first === undefined) told.set(tool.name, file)
      return inspectionText(inspection, zones, page, first === undefined ? { quiet } : { quiet, first })
    })
    io.stdout.write(unheeded(blocks.join('\n')))
  }
  return inspections.some(({ problems }) => problems.some(({ severity }) => severity === 'error')) ? BAD_INPUT : 0
}

/** What is wrong with a contract as evidence is only that it is none. */
async function withoutDocument(inspection: Inspection, io: Io): Promise<Inspection> {
  const { file, problems } = inspection
  if (!/\.(ya?ml|json)$/i.test(file) || !problems.some(({ severity }) => severity === 'error')) return inspection
  const kind = documentKind(await io.readFile(file).catch(() => new Uint8Array()))
  if (kind === undefined) return inspection
  const message = `${file} is no evidence: it says kind: ${kind}`
  return {
    ...inspection,
    format: 'unknown',
    problems: [{ code: 'document', severity: 'error', message, hint: 'sla validate checks it' }],
  }
}

/** One file: what it is, its types, columns, zone and span, then what is wrong with it. `first` has the same notes. */
export function inspectionText(
  inspection: Inspection,
  zones: (name: string) => Zone,
  page: Page,
  { quiet, first }: { readonly quiet: boolean; readonly first?: string },
): string {
  const file = page.colour.bold(cutStart(clean(inspection.file, page), page.width, page))
  const pairs = inspection.format === 'unknown' ? [] : facts(inspection, zones, first)
  const rows = pairs.map(([name, value]): readonly Cell[] => [
    { text: name, paint: text => page.colour.dim(text) },
    { text: clean(value, page) },
  ])
  const lines = [
    inspection.file === '' ? [] : [file],
    table(rows, [{}, { least: 20 }], { width: page.width, indent: 2 }),
    pairs.length > 0 && inspection.types.length === 0
      ? paragraph({ text: 'no row is read' }, { width: page.width, indent: 2 })
      : [],
  ].flat()
  const problems = quiet ? inspection.problems.filter(({ severity }) => severity === 'error') : inspection.problems
  const wrong = formatDiagnostics(problems, page)
  return `${[lines.length === 0 ? '' : `${lines.join('\n')}\n`, wrong].filter(text => text !== '').join('\n')}`
}

type Pair = readonly [name: string, value: string]

function facts(inspection: Inspection, zones: (name: string) => Zone, notedAt: string | undefined): readonly Pair[] {
  const { types, columns, mapping, unused, nearMisses, timezone, tool, form, offsets, first, last } = inspection
  const zone = zones(timezone ?? 'UTC')
  const out: Pair[] = [['format', formatText(inspection)]]
  if (tool !== undefined) out.push(['read as', tool.title])
  const by = LEFT_OUT.filter(([reason]) => (inspection.leftOutBy[reason] ?? 0) > 0).map(([, text]) => text)
  for (const { type, rows, bad, leftOut, read } of types) {
    const parts = [
      `${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}`,
      ...(rows === 0 && type !== 'inventory' ? ['read as nothing happened'] : []),
      ...(leftOut > 0 ? [`${grouped(leftOut)} left out ${by.join(' or ')}`] : []),
      ...(bad > 0 ? [`${grouped(bad)} bad`] : []),
      ...(read ? [] : ['recognised and counted only']),
    ]
    out.push([type, parts.join(', ')])
  }
  const matched = Object.entries(columns).map(([header, column]) =>
    header === column ? column : `${header} as ${column}`,
  )
  if (matched.length > 0) out.push(['columns', matched.join(', ')])
  if (mapping !== undefined) {
    out.push(['map', [mapping.place, ...mapping.says.slice(0, SHOWN)].join(', ')])
    if (mapping.says.length > SHOWN) out.push(['', `and ${mapping.says.length - SHOWN} more`])
  }
  if (unused.length > 0) out.push(['kept as is', unused.join(', ')])
  for (const { header, meant } of nearMisses) out.push(['near miss', `${header}: did you mean ${meant}?`])
  if (form !== undefined) out.push(['times', `as ${form}`])
  if (timezone !== undefined) out.push(['zone', `${timezone}, for stamps without an offset`])
  else if (offsets && form?.startsWith('epoch') !== true) out.push(['zone', 'every stamp has its offset'])
  if (notedAt !== undefined) out.push(['note', `as for ${notedAt}`])
  else for (const note of tool?.notes ?? []) out.push(['note', note])
  if (first !== undefined) out.push(['first', instantText(zone, first)])
  if (last !== undefined) out.push(['last', instantText(zone, last)])
  return out
}

function formatText({ format, compressed, bytes, delimiter }: Inspection): string {
  const separator = delimiter === undefined ? '' : `, separated by ${DELIMITERS[delimiter] ?? delimiter}`
  return `${format}${separator}${compressed ? ', compressed' : ''}, ${grouped(bytes)} bytes`
}

/** So much of what a mapping says is shown. */
const SHOWN = 12

const DELIMITERS: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' }
