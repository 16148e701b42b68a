import type { Report } from '../model/report.ts'

/** What stands behind the period of an audit that the dates of the contract were left out of; else nothing. */
export function termIgnored({ warnings }: Pick<Report, 'warnings'>): string {
  return isTermIgnored(warnings) ? ', term ignored' : ''
}

/** Whether an audit was made with --ignore-term, and it made a difference to what was judged. */
export function isTermIgnored(warnings: Report['warnings']): boolean {
  return warnings.some(({ code }) => code === 'term-ignored')
}
