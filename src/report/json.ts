import type { Report } from '../model/report.ts'

/** The report as it stands, as JSON with a final line break; true values, nothing escaped beyond JSON. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
