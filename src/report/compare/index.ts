import type { Comparison } from '../../model/comparison.ts'
import type { View } from '../view.ts'

/** How a comparison is shown; `witnesses`: the directory that its logs were written to, as it was named. */
export interface CompareView extends View {
  /** Rows in which all contracts say alike are left out, and counted. */
  readonly onlyDifferent?: true
  readonly witnesses?: string
}

/** Every format is one pure function from a comparison to text, in pieces where that may grow long. */
export type CompareRenderer = (comparison: Comparison, view: CompareView) => string | Iterable<string>

/** An output format of comparisons, its renderer loaded when asked for. */
export interface CompareFormat {
  readonly title: string
  load(): Promise<CompareRenderer>
}

/** All formats, by name; the first is the default. */
export const compareFormats: Readonly<Record<string, CompareFormat>> = {
  pretty: {
    title: 'for people, at a terminal',
    load: async () => (await import('./pretty.ts')).renderComparison,
  },
  json: {
    title: 'everything, as one document with a schema',
    load: async () => (await import('./json.ts')).renderComparisonJson,
  },
  markdown: {
    title: 'a comment on a pull request',
    load: async () => (await import('./markdown.ts')).renderComparisonMarkdown,
  },
  csv: {
    title: 'one row for each promise of each contract, for spreadsheets',
    load: async () => (await import('./csv.ts')).streamComparisonCsv,
  },
  html: {
    title: 'one page to read, print and send',
    load: async () => (await import('./html.ts')).streamComparisonHtml,
  },
}
