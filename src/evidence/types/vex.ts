import { either } from '../row-parser.ts'
import { VEX_STATUSES } from '../vulnerabilities/records.ts'
import { type RecordType, TIME } from './record-type.ts'
import { ASSET, COMPONENT, openStatements, VULNERABILITY_ID, wordOf } from './statement.ts'

/** What the maker of a product says of a vulnerability in it. */
export const vex: RecordType = {
  name: 'vex',
  required: ['id', 'time', 'status'],
  dated: 'time',
  serviceOptional: true,
  columns: [
    VULNERABILITY_ID,
    TIME,
    { name: 'status' },
    { name: 'justification' },
    ASSET,
    COMPONENT,
    { name: 'product' },
    { name: 'version' },
  ],
  open: (reading, store) =>
    openStatements(reading, store, 'vex', row => () => {
      const at = row.start('time')
      const written = row.text('status')
      const status = STATUSES.indexOf(wordOf(written ?? ''))
      if (status < 0) {
        const what = written === undefined ? 'status is blank' : `status "${written}"`
        row.fail('status', `${what}: expected ${either(VEX_STATUSES)}`)
      }
      const [justification, product, version] = ['justification', 'product', 'version'].map(row.text)
      if (at === undefined || status < 0) return undefined
      const body = {
        status,
        ...(justification === undefined ? {} : { justification }),
        ...(product === undefined ? {} : { product }),
        ...(version === undefined ? {} : { version }),
      }
      return { at, body }
    }),
}

const STATUSES: readonly string[] = VEX_STATUSES
