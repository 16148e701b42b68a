import type { Finding } from '../model/finding.ts'
import type { Quantity } from '../model/quantity.ts'
import { sharePoints } from './explain-points.ts'
import { failed, sign, sizeText } from './margins.ts'
import { fraction, grouped, inHours, spanText } from './quantities.ts'

/**
 * How much less would have kept a share of time, requests or means: `36s less downtime`, `44 fewer bad slices of 5m`.
 * It names the least of the unit that is counted; undefined where nothing lacks.
 */
export function lessText(finding: Finding): string | undefined {
  const { margin } = finding
  if (margin === undefined || (sign(margin) ?? 0) >= 0) return undefined
  if (margin.unit === 'ms') return timeLess(finding, -margin.value)
  const size = sizeText(margin, false)
  if (margin.unit === 'count') return size && `${size} fewer ${failed(size)}`
  if (margin.unit !== 'ratio') return undefined
  const users = userTime(finding, margin)
  if (users !== undefined) return `${spanText(users.up)} less ${users.noun}, added up over the users,`
  return `${sharePoints(margin)} more`
}

/** How much further downtime breaks a share that is kept: `more than 36s of further downtime`, `any further downtime`. */
export function furtherText(finding: Finding): string | undefined {
  const { margin } = finding
  const order = margin && sign(margin)
  if (margin === undefined || order === undefined || order < 0) return undefined
  if (margin.unit === 'ms') return timeFurther(finding, margin.value)
  if (margin.unit === 'count') {
    const size = grouped(margin.value)
    return order === 0 ? 'any further failed request' : `more than ${size} further ${failed(size)}`
  }
  if (margin.unit !== 'ratio') return undefined
  const users = userTime(finding, margin)
  if (users !== undefined) {
    const over = 'added up over the users'
    return users.down === 0
      ? `any further ${users.noun}`
      : `more than ${spanText(users.down)} of further ${users.noun}, ${over}`
  }
  return order === 0 ? 'any less' : `more than ${sharePoints(margin)} less`
}

/** How much of what is not known may count: `1h 36m of what is not known was down`. */
export function mostUnknownText(finding: Finding, ms: number): string {
  const unit = unitOf(finding)
  if (unit?.isWhole === true) {
    const count = Math.floor(ms / unit.ms)
    return `${grouped(count)} ${unit.name(count)} of what is not known ${count === 1 ? 'was' : 'were'} bad`
  }
  const how = unit !== undefined || nounOf(finding) !== PLAIN ? 'counts as down' : 'was down'
  return `${spanText(ms)} of what is not known ${how}`
}

function timeLess(finding: Finding, ms: number): string {
  const unit = unitOf(finding)
  if (unit === undefined) return `${span(finding, ms)} less ${nounOf(finding)}`
  if (!unit.isWhole) return `${span(finding, ms)} less ${COUNTED}, which comes in ${unit.name(2)},`
  const count = Math.ceil(ms / unit.ms)
  return `${grouped(count)} fewer ${unit.name(count)}`
}

function timeFurther(finding: Finding, ms: number): string {
  const unit = unitOf(finding)
  if (unit === undefined) return `${ms === 0 ? 'any' : `more than ${span(finding, ms)} of`} further ${nounOf(finding)}`
  if (!unit.isWhole)
    return `${ms === 0 ? 'any' : `more than ${span(finding, ms)} of`} further ${COUNTED}, which comes in ${unit.name(2)}`
  const count = Math.floor(ms / unit.ms)
  return count === 0 ? `any further ${unit.name(1)}` : `more than ${grouped(count)} further ${unit.name(count)}`
}

function span(finding: Finding, ms: number): string {
  return sizeText({ unit: 'ms', value: ms }, inHours(finding)) ?? spanText(ms)
}

const PLAIN = 'downtime'
const COUNTED = 'counted downtime'

/** Where some downtime counts for less than its length, or for nothing, it isn't what is on a clock. */
function nounOf({ details, window }: Finding): string {
  const { base_ms: time, base = time, service_ms: service } = details ?? {}
  const isWeighted = base !== undefined && time !== undefined && BigInt(base) !== BigInt(time)
  const isPart = service !== undefined && service !== window.end - window.start
  const isExcluded = Number(details?.excluded_ms ?? 0) > 0
  return isWeighted || isPart || isExcluded || details?.shortest_ms !== undefined ? COUNTED : PLAIN
}

interface Unit {
  readonly ms: number
  /** Whether each of them counts whole or not at all. */
  readonly isWhole: boolean
  name(count: number): string
}

/** What time is counted in where that isn't time itself; a cut or weighted one counts for less than its length. */
function unitOf(finding: Finding): Unit | undefined {
  const { details, window } = finding
  const ms = details?.slice_ms
  if (typeof ms !== 'number' || ms <= 0 || details?.accounting === 'mean') return undefined
  const length = window.end - window.start
  const isUncut = details?.service_ms === length && details.excluded_ms === 0 && length % ms === 0
  const minutes = String(details?.accounting).startsWith('minutes')
  const noun = minutes ? 'counted minute' : 'bad slice'
  return {
    ms,
    isWhole: isUncut && BigInt(details.base ?? 0) === BigInt(details.base_ms ?? 0),
    name: count => `${noun}${count === 1 ? '' : 's'}${minutes ? '' : ` of ${spanText(ms)}`}`,
  }
}

/** A margin of users × time in ms of one user, rounded both ways; undefined where users aren't counted. */
function userTime(finding: Finding, margin: Extract<Quantity, { unit: 'ratio' }>) {
  const { details } = finding
  const { users, base_ms: time, base = 0 } = details ?? {}
  if (typeof users !== 'number' || typeof time !== 'number' || details?.accounting !== 'users') return undefined
  const { part, of } = fraction(margin.part, margin.of)
  const all = BigInt(users) * BigInt(time)
  const whole = (part < 0n ? -part : part) * all
  return {
    down: Number(whole / of),
    up: Number((whole + of - 1n) / of),
    noun: BigInt(base) === all ? nounOf({ ...finding, details: { ...details, base: time } }) : COUNTED,
  }
}
