import type { FileMapping } from '../file-mapping.ts'

/** A tool whose exports are read without a mapping, as it is shown to people. */
export interface Tool {
  /** Short and stable: `jira`. */
  readonly name: string
  /** `Jira issues`. */
  readonly title: string
  /** What its exports do not tell, or how something in them is taken; one sentence each, without a full stop. */
  readonly notes: readonly string[]
  /** Of listings that are taken as complete: how they may have been narrowed without showing it. */
  readonly narrowed?: string
}

/** A CSV export: a mapping that is laid over its headers. */
export interface Preset extends Tool {
  /** Whether a file with these headers is such an export. */
  fits(headers: readonly string[]): boolean
  readonly mapping: FileMapping
}

/** A JSON export: each of its records becomes rows of the language. */
export interface Converter extends Tool {
  /** Keys of a document that hold its records; `''`: a list or lines without a document around them. */
  readonly lists: readonly string[]
  /** Column of the rows → where the export has it, for those who ask: `opened_at` → `fields.created`. */
  readonly sources: Readonly<Record<string, string>>
  /** Whether a record, the first of its list, is of this tool. */
  fits(record: Json): boolean
  /** Every record yields at least one row, one left out, or a flaw. */
  rows(record: Json, context: ConverterContext): readonly ConvertedRow[] | RecordFlaw
}

export interface ConverterContext {
  /** Texts that the mapping gives a meaning as priorities. */
  readonly priorities: ReadonlySet<string>
}

/**
 * Cells by column, `type` among them: `''` has not happened, `?` is not known of this record. A column that no record
 * has is not known either, but changes told elsewhere may fill it: left out only where they would tell of all records.
 */
export type ConvertedRow = Cells | LeftOut

export type Cells = Readonly<Record<string, string>> & { readonly type: RowType }

/** Something a record tells that is no row of the language; counted as unasked. */
export interface LeftOut {
  readonly leftOut: RowType
}

export type RowType =
  | 'ticket'
  | 'ticket-change'
  | 'vulnerability'
  | 'advisory'
  | 'score'
  | 'acceptance'
  | 'vex'
  | 'known-exploited'
  | 'epss'
  | 'scan'
  | 'backup'
  | 'backup-copy'
  | 'backup-deletion'
  | 'verification'
  | 'inventory'
  | 'restore'
  | 'recovery-point'

/** An export that is one JSON document, which has to be seen whole. */
export interface DocumentTool extends Tool {
  /** Column of the rows → key of the objects that rows come from; as `Converter.sources`. */
  readonly sources?: Readonly<Record<string, string>>
  /** Whether a document, or what was read of a broken one, is of this tool; quick, on its keys. */
  fits(document: unknown): boolean
  /** The rows in the order of the document; `document` is what `fits` was asked about. */
  rows(document: unknown, context: DocumentContext): Iterable<DocumentRow>
}

/** A CSV export whose rows become several rows, or rows that no plain mapping gives. */
export interface TableTool extends Tool {
  /** Column of the rows → header that it comes from. */
  readonly sources?: Readonly<Record<string, string>>
  fits(headers: readonly string[]): boolean
  /** `record`: cells by header. At least one row, one left out, or a flaw. */
  rows(record: Readonly<Record<string, string>>, context: DocumentContext): readonly ConvertedRow[] | RecordFlaw
}

/** A row, or why none can be had, with the object (no list) of the document that it comes from: its line is the row's. */
export interface DocumentRow {
  readonly row: ConvertedRow | RecordFlaw
  readonly from: object
}

export interface DocumentContext {
  /** When the file was made, as the user says; RFC 3339. Only for files that do not say so themselves. */
  readonly takenAt: string | undefined
  /** Name of the file. */
  readonly file?: string
  /** Texts that the mapping gives a meaning as assets. */
  readonly assets?: ReadonlySet<string>
  /** Texts that are components: those a clause names, and those that the mapping gives a meaning as such. */
  readonly components?: ReadonlySet<string>
  /** The user says whether listings are complete. */
  readonly completeSaid?: true
  /** Tells the user something about the file as a whole; said once for each code. */
  warn(code: string, message: string, hint?: string): void
}

/** Why a record can't be used. */
export interface RecordFlaw {
  readonly problem: string
  readonly hint?: string
  /** Key of the record that it is about. */
  readonly key?: string
}

export type Json = Readonly<Record<string, unknown>>
