import { makeScoreReader } from '../vulnerabilities/score-cells.ts'
import { type RecordType, SOURCE, TIME } from './record-type.ts'
import { ASSET, COMPONENT, CVSS, openStatements, VULNERABILITY_ID } from './statement.ts'

/** How bad a vulnerability is from a time on, as one source says. */
export const score: RecordType = {
  name: 'score',
  required: ['id', 'time'],
  anyOf: ['cvss', 'vector'],
  dated: 'time',
  serviceOptional: true,
  columns: [
    VULNERABILITY_ID,
    { ...TIME, aliases: [...(TIME.aliases ?? []), 'scored_at'] },
    ...CVSS,
    { ...SOURCE, aliases: ['score_source'] },
    { name: 'severity' },
    ASSET,
    COMPONENT,
  ],
  open: (reading, store) =>
    openStatements(reading, store, 'score', row => {
      const readScore = makeScoreReader(row, 'source', score => score)
      return origin => {
        const at = row.start('time')
        const { score: body, differs } = readScore()
        if (body === undefined && !row.failed) row.fail('cvss', 'cvss and vector are blank: expected a score')
        if (at === undefined || body === undefined) return undefined
        if (differs !== undefined && !row.failed && at.earliest <= reading.asOf) {
          store.vulnerabilities.differs(origin, differs)
        }
        return { at, body }
      }
    }),
}
