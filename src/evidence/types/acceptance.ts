import type { RecordType } from './record-type.ts'
import { ASSET, COMPONENT, openStatements, VULNERABILITY_ID } from './statement.ts'

/** Someone accepts a risk for a time. */
export const acceptance: RecordType = {
  name: 'acceptance',
  required: ['id', 'from'],
  anyOf: ['until', 'approver'],
  dated: 'from',
  serviceOptional: true,
  columns: [
    VULNERABILITY_ID,
    { name: 'from', aliases: ['accepted_at', 'accepted_from'] },
    { name: 'until', aliases: ['accepted_until', 'expires_at'] },
    { name: 'approver', aliases: ['approved_by', 'accepted_by'] },
    ASSET,
    COMPONENT,
  ],
  open: (reading, store) =>
    openStatements(reading, store, 'acceptance', row => () => {
      const at = row.start('from')
      const end = row.stamp('until')
      if (row.isUnknown('until')) {
        row.fail('until', 'until is not known (?): expected an instant, a date, or blank where no end is stated')
      }
      if (at !== undefined && end !== undefined && end !== null && end.latest < at.earliest) {
        row.fail('until', 'until lies before from')
      }
      const approver = row.text('approver')
      if (at === undefined) return undefined
      const body = {
        from: row.known(at),
        // A date as an end includes that day.
        until: end === undefined || end === null ? null : end.latest,
        ...(approver === undefined ? {} : { approver }),
      }
      return { at, body }
    }),
}
