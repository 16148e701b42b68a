import type { Cells, DocumentTool, RecordFlaw, TableTool } from './format.ts'
import { recordsOf, shaped } from './shape.ts'
import { field, isObject, list, row, text } from './values.ts'

const TITLE = 'CISA known exploited vulnerabilities'

/** The JSON of CISA's catalogue: `{ catalogVersion, dateReleased, count, vulnerabilities: [{ cveID, dateAdded, dueDate }] }`. */
export const kev: DocumentTool = shaped(
  {
    name: 'kev',
    title: `${TITLE} (JSON)`,
    notes: [
      'due dates are taken as they stand, also those before the day an entry was added',
      'an entry that CISA removed or whose date moved is only known from the version that is given',
    ],
    sources: {
      id: 'cveID',
      due_at: 'dueDate',
      added_at: 'dateAdded',
      catalogue: 'catalogVersion',
    },
    fits: document => {
      if (typeof field(document, 'catalogVersion') !== 'string' || !('vulnerabilities' in Object(document)))
        return false
      const first = list(document, 'vulnerabilities')?.find(isObject)
      return first === undefined || 'cveID' in first
    },
    *rows(document, { warn }) {
      const entries = list(document, 'vulnerabilities') ?? []
      const count = field(document, 'count')
      if (typeof count === 'number' && count !== entries.length) {
        warn(
          'catalogue-cut',
          `the catalogue counts ${count} entries, the file holds ${entries.length}: what is missing does not tighten`,
        )
      }
      const catalogue = `CISA KEV ${text(field(document, 'catalogVersion'))}`
      for (const entry of entries)
        yield { row: entryRow(catalogue, key => field(entry, key)), from: isObject(entry) ? entry : Object(document) }
    },
  },
  { count: 'number', vulnerabilities: recordsOf({ dateAdded: 'text' }) },
)

/** The CSV of CISA's catalogue: the columns of the JSON, without its version. */
export const kevCsv: TableTool = {
  name: 'kev',
  title: `${TITLE} (CSV)`,
  notes: ['due dates are taken as they stand', 'the CSV does not name the version of the catalogue'],
  sources: {
    id: 'cveID',
    due_at: 'dueDate',
    added_at: 'dateAdded',
  },
  fits: headers => ['cveID', 'vendorProject', 'dateAdded', 'dueDate'].every(header => headers.includes(header)),
  rows(record) {
    const entry = entryRow('CISA KEV', key => field(record, key))
    return 'type' in entry ? [entry] : entry
  },
}

function entryRow(catalogue: string, value: (key: string) => unknown): Cells | RecordFlaw {
  const id = text(value('cveID'))?.trim() ?? ''
  if (id === '') return { key: 'cveID', problem: 'an entry of the catalogue has no cveID' }
  const due = text(value('dueDate'))?.trim() ?? ''
  if (due === '') return { key: 'dueDate', problem: `${id}: the entry has no dueDate` }
  return row('known-exploited', { id, due_at: due, added_at: text(value('dateAdded')), catalogue })
}
