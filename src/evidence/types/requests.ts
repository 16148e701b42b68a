import { parseDuration } from '../../time/duration.ts'
import { wholeNumber } from '../cells.ts'
import type { Cells } from '../filter.ts'
import { type RecordType, SERVICE, TIME } from './record-type.ts'

/** Counters of requests and of those that failed, one row per stretch of time. */
export const requests: RecordType = {
  name: 'requests',
  required: ['time', 'total', 'failed'],
  dated: 'time',
  columns: [
    TIME,
    { name: 'total', aliases: ['requests', 'total_requests', 'request_count'] },
    { name: 'failed', aliases: ['errors', 'failures', 'failed_requests', 'error_count'] },
    SERVICE,
    { name: 'interval' },
  ],
  open(reading, store) {
    const [time, total, failed, interval] = ['time', 'total', 'failed', 'interval'].map(reading.at) as Four
    const { filters } = reading
    const others = otherCells(reading.names)
    const intervals = new Map<string, number>([
      ['', 0],
      ['?', 0],
    ])

    return (cells, line, _item, service) => {
      const stamp = (cells[time] ?? '').trim()
      const at = reading.stamps.instant(stamp)
      if (Number.isNaN(at)) {
        return stamp === ''
          ? reading.fail(time, 'time is blank: expected an instant')
          : reading.failStamp(time, 'time', reading.stamps.flaw(stamp))
      }
      const all = wholeNumber((cells[total] ?? '').trim())
      if (Number.isNaN(all)) return badCount(total, 'total', cells[total])
      const bad = wholeNumber((cells[failed] ?? '').trim())
      if (Number.isNaN(bad)) return badCount(failed, 'failed', cells[failed])
      if (bad > all) return reading.fail(failed, `failed is ${bad}, more than total ${all}`)
      const length = intervalOf((cells[interval] ?? '').trim())
      if (typeof length !== 'number') return reading.fail(interval, length.problem, length.hint)
      if (at > reading.asOf) return 'later'
      reading.dated(at)
      const { requests } = store
      const row = [at, all, bad, length, cellsId(cells), reading.input, line, requests.nextRow()] as const
      for (let i = 0; i < filters.count; i++) {
        const match = filters.match(i, cells)
        if (match === undefined) store.unclear.add('requests', service, i, filters.unknown(i, cells))
        if (match === true) requests.add(service, i, row)
      }
      return 'used'
    }

    function cellsId(cells: Cells): number {
      let text = ''
      for (const [name, position] of others) {
        const cell = cells[position]?.trim() ?? ''
        if (cell !== '') text += `${name}\u0000${cell}\u0000`
      }
      return store.requests.cellsId(text)
    }

    function badCount(column: number, name: string, cell = ''): 'bad' {
      const text = cell.trim()
      const what = text === '' ? `${name} is blank` : `${name} "${text}"`
      return reading.fail(column, `${what}: expected a whole number from 0 to 2^53 − 1`)
    }

    function intervalOf(text: string): number | { readonly problem: string; readonly hint?: string } {
      const known = intervals.get(text)
      if (known !== undefined) return known
      if (/^[\d.]+$/.test(text))
        return { problem: `interval "${text}" has no unit`, hint: `write ${text}s or ${text}min` }
      const duration = parseDuration(text)
      if (!('unit' in duration)) return { problem: `interval: ${duration.problem}`, ...hintOf(duration.hint) }
      if (duration.unit !== 'elapsed' || duration.ms === 0) {
        return { problem: `interval "${text}": expected a length such as 60s, 5min or 1h` }
      }
      intervals.set(text, duration.ms)
      return duration.ms
    }
  },
}

/** The columns that tell rows of one service and time apart, by name, so that their order in a file is no matter. */
function otherCells(names: readonly string[]): readonly (readonly [name: string, position: number])[] {
  return names
    .map((name, i) => [name, i] as const)
    .filter(([name]) => name !== '' && !READ.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

const READ = ['time', 'total', 'failed', 'service', 'interval']

type Four = [number, number, number, number]

function hintOf(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint }
}
