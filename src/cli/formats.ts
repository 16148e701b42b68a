import { CONVERTERS, DOCUMENTS, PRESETS, TABLES } from '../evidence/formats/index.ts'
import { RECORD_TYPES, SHAPES } from '../evidence/types/index.ts'
import { formats } from '../report/index.ts'
import { jsonText } from '../report/json.ts'
import { paragraph, table } from '../report/layout.ts'
import { clean } from '../report/printable.ts'
import type { Page } from '../report/view.ts'
import type { Io } from './io.ts'
import type { CommonOptions } from './options.ts'
import { pageFor } from './pages.ts'
import { TOOL_RECORDS } from './tool-records.ts'

export type FormatsOptions = CommonOptions

/** `sla formats`: the record types and tool exports that are read, and the formats that reports are written in. */
export async function listFormats(options: FormatsOptions, io: Io): Promise<number> {
  const known = { inputs: { records: records(), tools: tools() }, outputs: outputs() }
  if (options.format === 'json') io.stdout.write(`${jsonText(known)}\n`)
  else io.stdout.write(`${formatsText(known, await pageFor(io.stdout, io, options))}\n`)
  return 0
}

interface Known {
  readonly inputs: { readonly records: ReturnType<typeof records>; readonly tools: ReturnType<typeof tools> }
  readonly outputs: ReturnType<typeof outputs>
}

/** Each record type with the columns that it takes: all of `required`, and one of each list in `oneOf`. */
function records() {
  const read = new Map(RECORD_TYPES.map(({ name, needed = [] }) => [name, needed]))
  return SHAPES.map(({ name, required, anyOf, oneOf, columns }) => ({
    type: name,
    required: [...required, ...(read.get(name) ?? [])],
    oneOf: [anyOf, oneOf].filter(list => list !== undefined),
    columns: columns.map(column => column.name),
    read: read.has(name),
  }))
}

function tools() {
  const found = [
    ...PRESETS.map(tool => ({ tool, told: 'header of the table' })),
    ...TABLES.map(tool => ({ tool, told: 'header of the table' })),
    ...CONVERTERS.map(tool => ({ tool, told: 'keys of its records' })),
    ...DOCUMENTS.map(tool => ({ tool, told: 'keys of the document' })),
  ]
  const order = Object.keys(TOOL_RECORDS)
  return found
    .map(({ tool: { name, title, notes }, told }) => ({ name, title, told, types: TOOL_RECORDS[title] ?? [], notes }))
    .sort((a, b) => order.indexOf(a.title) - order.indexOf(b.title))
}

function outputs() {
  return Object.entries(formats).map(([name, { title, extensions }]) => ({ name, title, extensions }))
}

function formatsText({ inputs, outputs }: Known, page: Page): string {
  const place = { width: page.width, indent: 2 }
  const head = (text: string): readonly string[] =>
    paragraph({ text: clean(text, page), paint: shown => page.colour.bold(shown) }, { width: page.width })
  const said = (text: string): readonly string[] => paragraph({ text: clean(text, page) }, place)
  const name = (text: string) => ({ text, paint: (shown: string) => page.colour.bold(shown) })
  const types = inputs.records.map(({ type, required, oneOf, read }) => {
    const needed = [...required, ...oneOf.map(list => list.join(' or '))].join(', ')
    return [name(type), { text: read ? needed : `${needed} (counted, not judged yet)` }]
  })
  const exports = inputs.tools.map(({ title, types: becomes }) => [{ text: title }, { text: becomes.join(', ') }])
  const written = outputs.map(one => [
    name(one.name),
    { text: one.extensions.map(extension => `.${extension}`).join(' ') },
    { text: clean(one.title, page) },
  ])
  return [
    ...head('Evidence'),
    ...said(
      'CSV (comma, semicolon or tab), JSON, NDJSON, each also gzipped. A format is told by content; the type of its rows by a type column, --as, the header, then the name of the file (outages.csv). sla inspect FILE says how one is read.',
    ),
    '',
    ...head('Records, told by a type column, by --as, or by a header; they take these columns'),
    ...table(types, [{}, { least: 20 }], place),
    '',
    ...head('Exports of tools, told by their header or keys, and the records they become'),
    ...table(exports, [{ least: 20 }, { least: 20 }], place),
    '',
    ...head('Reports (-f to standard output; -o to files, by extension or as FORMAT:PATH)'),
    ...table(written, [{}, { least: 8 }, { least: 20 }], place),
  ].join('\n')
}
