import { passedIn } from '../backups/words.ts'
import { makeRowParser } from '../row-parser.ts'
import { type RecordType, SERVICE } from './record-type.ts'

/** Performances of recurring controls, and attestations. */
export const control: RecordType = {
  name: 'control',
  required: ['control', 'performed_at'],
  dated: 'performed_at',
  serviceOptional: true,
  columns: [
    { name: 'control', aliases: ['control_id', 'control_name'] },
    { name: 'performed_at', aliases: ['performed'] },
    { name: 'subject' },
    { name: 'outcome', aliases: ['result'] },
    { name: 'value' },
    { name: 'valid_until', aliases: ['valid_to'] },
    SERVICE,
  ],
  open(reading, store) {
    const row = makeRowParser(reading)
    return (cells, line, item, service) => {
      row.begin(cells)
      const name = row.text('control')
      if (name === undefined) row.fail('control', 'control is blank: expected which control was performed')
      const performed = row.stamp('performed_at')
      const passed = passedIn(row)
      const until = row.stamp('valid_until')
      if (until && performed && until.latest < performed.earliest) {
        row.fail('valid_until', 'valid_until lies before performed_at')
      }
      if (row.failed || name === undefined) return 'bad'
      if (performed && performed.earliest > reading.asOf) return 'later'
      if (performed) reading.dated(performed.earliest)
      const value = row.text('value')
      store.backups.controls.push({
        origin: row.origin(line, item),
        service,
        attributes: reading.attributes(cells),
        control: name,
        performed: performed ? row.known(performed) : performed,
        subject: row.text('subject') ?? '',
        passed,
        // A date as an end includes that day.
        validUntil: until === null || until === undefined ? until : until.latest,
        ...(value === undefined ? {} : { value }),
      })
      return 'used'
    }
  },
}
