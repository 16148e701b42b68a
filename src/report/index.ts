import type { Report } from '../model/report.ts'
import type { View } from './view.ts'

/** Every format is one pure function from a report to text, in pieces where that may grow long. */
export type Renderer = (report: Report, view: View) => string | Iterable<string>

/** All formats, each loaded when asked for. */
export const formats: Readonly<Record<string, () => Promise<Renderer>>> = {
  pretty: async () => (await import('./pretty.ts')).streamPretty,
  json: async () => (await import('./json.ts')).streamJson,
}
