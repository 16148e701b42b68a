import { coded, earliestTold } from '../vulnerabilities/bodies.ts'
import type { RecordType } from './record-type.ts'
import { openStatements, VULNERABILITY_ID } from './statement.ts'
import { PUBLISHED } from './vulnerability.ts'

const COLUMNS = ['published_at', 'vendor_patch_at', 'internal_patch_at', 'withdrawn_at']

/** What is known of a vulnerability wherever it is found. */
export const advisory: RecordType = {
  name: 'advisory',
  required: ['id'],
  anyOf: COLUMNS,
  dated: 'published_at',
  serviceOptional: true,
  columns: [
    VULNERABILITY_ID,
    { name: 'aliases' },
    PUBLISHED,
    { name: 'vendor_patch_at' },
    { name: 'internal_patch_at' },
    { name: 'withdrawn_at', aliases: ['withdrawn'] },
  ],
  open: (reading, store) =>
    openStatements(reading, store, 'advisory', row => () => {
      // Dates later than as of say that it has not happened yet: that is known too.
      const dates = COLUMNS.map(column => row.happened(column))
      const [published = 0, vendorPatch = 0, internalPatch = 0, withdrawn = 0] = dates.map(coded)
      const at = earliestTold(dates) ?? UNDATED
      return { at, body: { published, vendorPatch, internalPatch, withdrawn } }
    }),
}

const UNDATED = { earliest: Number.NEGATIVE_INFINITY, latest: Number.NEGATIVE_INFINITY }
