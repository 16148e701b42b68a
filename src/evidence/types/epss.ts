import { probability } from '../vulnerabilities/cells.ts'
import { type RecordType, TIME } from './record-type.ts'
import { openStatements, VULNERABILITY_ID } from './statement.ts'

/** Probabilities of exploitation, as published at a time. */
export const epss: RecordType = {
  name: 'epss',
  required: ['id', 'time', 'score'],
  dated: 'time',
  serviceOptional: true,
  columns: [
    VULNERABILITY_ID,
    { ...TIME, aliases: [...(TIME.aliases ?? []), 'score_date'] },
    { name: 'score', aliases: ['epss', 'epss_score'] },
  ],
  open: (reading, store) =>
    openStatements(reading, store, 'epss', row => () => {
      const at = row.start('time')
      const value = row.parsed('score', probability, 'a probability from 0 to 1, or as a percentage')
      if (value === undefined && row.text('score') === undefined) {
        row.fail('score', 'score is blank: expected a probability from 0 to 1', 'a CVSS score goes into a column cvss')
      }
      return at === undefined || value === undefined ? undefined : { at, body: { value } }
    }),
}
