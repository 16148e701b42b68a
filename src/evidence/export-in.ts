import type { FileMapping } from './file-mapping.ts'
import { type FirstObject, firstObject } from './first-object.ts'
import type { DocumentTool, TableTool, Tool } from './formats/format.ts'
import { mayBeDocument, mayBeExport } from './formats/heads.ts'
import type { Conversion } from './json-rows.ts'
import type { Sniffed } from './sniff.ts'

/** The tool whose export a file may be, and how it becomes rows then. */
export interface Export {
  /** The tool of a table whose header is mapped. */
  readonly tool?: Tool
  readonly mapping?: FileMapping
  /** The tool of a table whose rows are converted. */
  readonly table?: TableTool
  readonly conversion?: Conversion
  /** Tools of which the file could be a document. */
  readonly documents?: readonly DocumentTool[]
}

/** What the first bytes of a file say of the tool that it is from. What the user says it is wins. */
export async function exportIn(
  head: Buffer,
  { format, dialect }: Sniffed,
  { as, mapping }: { readonly as?: string; readonly mapping?: FileMapping },
): Promise<Export> {
  if (mapping?.preset !== undefined) {
    const { PRESETS } = await import('./formats/index.ts')
    const tool = PRESETS.find(preset => preset.name === mapping.preset)
    return tool === undefined ? {} : { tool }
  }
  const said = as ?? mapping?.as ?? mapping?.updates
  if (said !== undefined || (mapping?.columns.size ?? 0) > 0) return {}
  const first = format === 'csv' ? undefined : firstObject(head)
  const whole = first !== undefined && mayBeDocument(first.keys, head)
  if (!whole && !mayBeExport(head, format)) return {}
  const { DOCUMENTS, makeConversion, tableOf } = await import('./formats/index.ts')
  if (format !== 'csv') {
    const documents = whole && (await startsDocument(first, DOCUMENTS)) ? { documents: DOCUMENTS } : {}
    return { conversion: makeConversion(mapping), ...documents }
  }
  const { preset, table } = tableOf(head, dialect)
  if (preset === undefined) return table === undefined ? {} : { table }
  const { layOver } = await import('./formats/presets.ts')
  return { tool: preset, mapping: layOver(preset.mapping, mapping) }
}

/** The first value of a file decides whether it is a document, or a list of such: plain records stream. */
async function startsDocument({ bytes }: FirstObject, tools: readonly DocumentTool[]): Promise<boolean> {
  if (bytes === undefined) return true
  const { parseDocument } = await import('./document-parser.ts')
  const [first] = parseDocument(bytes).values
  return tools.some(tool => tool.fits(first) || tool.fits([first]))
}
