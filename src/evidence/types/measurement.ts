import { decimalNumber } from '../cells.ts'
import { type RecordType, SERVICE, TIME } from './record-type.ts'

/** Values of a metric at instants. */
export const measurement: RecordType = {
  name: 'measurement',
  required: ['time', 'metric', 'value'],
  dated: 'time',
  columns: [TIME, { name: 'metric', aliases: ['metric_name'] }, { name: 'value' }, { name: 'unit' }, SERVICE],
  open(reading, store) {
    const [time, metric, value] = ['time', 'metric', 'value'].map(reading.at) as [number, number, number]
    const { filters } = reading
    return (cells, _line, _item, service) => {
      const stamp = (cells[time] ?? '').trim()
      const at = reading.stamps.instant(stamp)
      if (Number.isNaN(at)) {
        return stamp === ''
          ? reading.fail(time, 'time is blank: expected an instant')
          : reading.failStamp(time, 'time', reading.stamps.flaw(stamp))
      }
      const name = (cells[metric] ?? '').trim()
      if (name === '' || name === '?') return reading.fail(metric, 'metric is blank: expected its name')
      const text = (cells[value] ?? '').trim()
      const number = decimalNumber(text)
      if (Number.isNaN(number)) {
        const what = text === '' ? 'value is blank' : `value "${text}"`
        return reading.fail(value, `${what}: expected a number with at most 15 digits`)
      }
      if (at > reading.asOf) return 'later'
      reading.dated(at)
      for (let i = 0; i < filters.count; i++) {
        const match = filters.match(i, cells)
        if (match === undefined) store.unclear.add('measurement', service, i, filters.unknown(i, cells))
        if (match === true) store.measurements.add(name, service, i, at, number)
      }
      return 'used'
    }
  },
}
