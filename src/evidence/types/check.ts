import { decimalNumber } from '../cells.ts'
import { DEGRADED, DOWN, type StateCode, UNKNOWN, UP } from '../probe-fold.ts'
import { type RecordType, SERVICE, SOURCE, TIME } from './record-type.ts'

/** Samples of a probe: up or not at one instant. Folded while they are read, nothing is kept per row. */
export const check: RecordType = {
  name: 'check',
  required: ['time', 'status'],
  dated: 'time',
  columns: [
    TIME,
    { name: 'status', aliases: ['state', 'result'] },
    SERVICE,
    { name: 'location', aliases: ['probe_location'] },
    { name: 'latency_ms', aliases: ['response_time_ms', 'duration_ms', 'response_time', 'latency'] },
    SOURCE,
  ],
  open(reading, store) {
    const [time, status, location, source] = ['time', 'status', 'location', 'source'].map(reading.at) as Four
    const latency = reading.asks('measurement') ? reading.at('latency_ms') : -1
    const { asOf, stamps, filters } = reading
    let lastWord = ''
    let lastState: StateCode | undefined

    return (cells, line, _item, service) => {
      const stamp = (cells[time] ?? '').trim()
      const at = stamps.instant(stamp)
      if (Number.isNaN(at)) return badTime(stamp)
      const word = cells[status] ?? ''
      if (word !== lastWord || lastState === undefined) {
        lastState = stateOf(word)
        lastWord = word
      }
      if (lastState === undefined) return badStatus(word.trim())
      let value = Number.NaN
      if (latency >= 0) {
        const text = (cells[latency] ?? '').trim()
        value = decimalNumber(text)
        if (Number.isNaN(value) && text !== '' && text !== '?') return badLatency(text)
      }
      if (at > asOf) return 'later'
      const where = location < 0 ? '' : (cells[location] ?? '').trim()
      const from = source < 0 ? '' : (cells[source] ?? '').trim()
      reading.dated(at)
      let again = false
      for (let i = 0; i < filters.count; i++) {
        const match = filters.match(i, cells)
        if (match === undefined) store.unclear.add('check', service, i, filters.unknown(i, cells))
        if (match !== true) continue
        if (!store.checks.add(service, where, from, i, at, lastState, line)) again = true
        else if (!Number.isNaN(value)) store.measurements.add('latency_ms', service, i, at, value)
      }
      return again ? 'duplicate' : 'used'
    }

    function badTime(text: string): 'bad' {
      return text === ''
        ? reading.fail(time, 'time is blank: expected an instant')
        : reading.failStamp(time, 'time', stamps.flaw(text))
    }

    function badStatus(text: string): 'bad' {
      if (text === '') return reading.fail(status, `status is blank: expected ${WORDS}`)
      const what = /^[1-5]\d\d$/.test(text) ? 'HTTP codes' : 'other words'
      return reading.fail(status, `status "${text}": expected ${WORDS}`, `map ${what} to these with --map (values)`)
    }

    function badLatency(text: string): 'bad' {
      return reading.fail(latency, `latency_ms "${text}": expected a number with at most 15 digits`)
    }
  },
}

type Four = [number, number, number, number]

const STATES = new Map<string, StateCode>([
  ...words('up ok 1 true success successful pass passed healthy', UP),
  ...words('down fail failed failure 0 false error critical unhealthy', DOWN),
  ...words('degraded warning warn slow', DEGRADED),
  ...words('unknown paused pending ?', UNKNOWN),
])

const WORDS = 'up, down, degraded or unknown (or ok, fail, warning, paused …)'

function words(text: string, state: StateCode): (readonly [string, StateCode])[] {
  return text.split(' ').map(word => [word, state] as const)
}

function stateOf(text: string): StateCode | undefined {
  return STATES.get(text) ?? STATES.get(text.trim().toLowerCase())
}
