import type { Report } from '../model/report.ts'
import type { View } from './view.ts'

/** Every format is one pure function from a report to text, in pieces where that may grow long. */
export type Renderer = (report: Report, view: View) => string | Iterable<string>

/** An output format: for whom it is, the file extensions that stand for it, and its renderer, loaded when asked for. */
export interface Format {
  readonly title: string
  readonly extensions: readonly string[]
  load(): Promise<Renderer>
}

/** All formats, by name. */
export const formats: Readonly<Record<string, Format>> = {
  pretty: {
    title: 'for people, at a terminal',
    extensions: ['txt'],
    load: async () => (await import('./pretty.ts')).streamPretty,
  },
  json: {
    title: 'everything, as one document with a schema',
    extensions: ['json'],
    load: async () => (await import('./json.ts')).streamJson,
  },
  ndjson: {
    title: 'one line for the audit, one for each clause, one for each finding',
    extensions: ['ndjson', 'jsonl'],
    load: async () => (await import('./ndjson.ts')).streamNdjson,
  },
  csv: {
    title: 'one row for each finding, for spreadsheets',
    extensions: ['csv'],
    load: async () => (await import('./csv.ts')).streamCsv,
  },
  markdown: {
    title: 'a comment on a pull request',
    extensions: ['md', 'markdown'],
    load: async () => (await import('./markdown.ts')).renderMarkdown,
  },
  html: {
    title: 'one page to read, print and send, with charts',
    extensions: ['html', 'htm'],
    load: async () => (await import('./html/page.ts')).streamHtml,
  },
  junit: {
    title: 'test results (JUnit XML)',
    extensions: ['xml'],
    load: async () => (await import('./junit.ts')).streamJunit,
  },
  sarif: {
    title: 'code scanning results (SARIF 2.1.0)',
    extensions: ['sarif'],
    load: async () => (await import('./sarif.ts')).renderSarif,
  },
  github: {
    title: 'annotations of a GitHub workflow run',
    extensions: [],
    load: async () => (await import('./github.ts')).renderGithub,
  },
  gitlab: {
    title: 'code quality of a GitLab merge request',
    extensions: [],
    load: async () => (await import('./gitlab.ts')).renderGitlab,
  },
}
