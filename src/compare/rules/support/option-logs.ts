import type { SupportBody } from '../../../clauses/support/schema.ts'
import type { ChangeWord } from '../../../evidence/records.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate } from '../../rule.ts'
import { byOpenings, type Gap } from './gaps.ts'
import { mixedLogs } from './mixed-logs.ts'
import { type Reading, readingOf } from './promise.ts'
import { endWord, lateLog, lateStop, lifeOf, ordinaryOpening, type Scene } from './scene.ts'
import { inScope, scopeCells } from './scope-cells.ts'
import { standingLogs } from './standing-logs.ts'
import type { Event, Story } from './tickets.ts'

/** Logs in which what two clauses say beside their amounts decides. */
export function* optionLogs(scene: Scene): Iterable<Candidate> {
  const at = ordinaryOpening(scene)
  for (const reading of [scene.a, scene.b]) {
    const step = stepper(reading, at)
    if (step === undefined) continue
    yield* pauseLogs(scene, at, step)
    yield* reopenLogs(scene, at, step)
    yield* replyLogs(scene, at, step)
    yield* startLogs(scene, at, step)
  }
  yield* priorityLogs(scene, at)
  yield* mixedLogs(scene, at)
  yield* scopeLogs(scene, at)
  yield* customerLogs(scene)
  yield* standingLogs(scene)
}

/** The instant by which a share of the allowance has been counted. */
export type Step = (share: number) => number

function stepper(reading: Reading, from: number): Step | undefined {
  const allowed = reading.at(from)
  if (allowed === undefined) return undefined
  const ms = Math.max(allowed.ms, 10 * MINUTE)
  return share => {
    const exact = allowed.clock.deadline(from, Math.floor(ms * share))
    const minute = Math.floor(exact / MINUTE) * MINUTE
    return minute > from ? minute : exact
  }
}

function bodiesOf({ base, other }: Scene): readonly [SupportBody, SupportBody] {
  return [base.clause.body, other.clause.body]
}

function withEvents(life: Story, ...events: readonly Event[]): Story {
  return { ...life, events: [...life.events, ...events] }
}

function* pauseLogs(scene: Scene, at: number, step: Step): Iterable<Candidate> {
  const [a, b] = bodiesOf(scene).map(body => body['paused-in'] ?? [])
  const states = new Set([...(a ?? []), ...(b ?? [])])
  const back = ['open', 'in-progress', 'working'].find(state => !states.has(state)) ?? 'taken-up'
  for (const state of states) {
    if (a?.includes(state) === b?.includes(state)) continue
    const waits = [
      { at: step(0.2), change: 'status', value: state },
      { at: step(0.8), change: 'status', value: back },
    ] as const
    yield scene.log([withEvents(lifeOf(scene, at, step(1.3)), ...waits)], waitStory(scene, at, waits, step(1.3)))
  }
  yield* longPauseLogs(scene, at, back)
}

/** A pause so long that the time of the one that counts through it is over, however much longer that is. */
function* longPauseLogs(scene: Scene, at: number, back: string): Iterable<Candidate> {
  const [first, second] = bodiesOf(scene).map(body => body['paused-in'] ?? [])
  for (const [reading, states, own, others] of [
    [scene.a, scene.b, first, second],
    [scene.b, scene.a, second, first],
  ] as const) {
    const state = own?.find(one => !others?.includes(one))
    const [paused, counts] = [stepper(reading, at), stepper(states, at)]
    if (state === undefined || paused === undefined || counts === undefined) continue
    const [from, to] = [paused(0.2), counts(1.2)]
    const stop = to + (paused(0.4) - from)
    if (to <= from) continue
    const waits = [
      { at: from, change: 'status', value: state },
      { at: to, change: 'status', value: back },
    ] as const
    yield scene.log([withEvents(lifeOf(scene, at, stop), ...waits)], waitStory(scene, at, waits, stop))
  }
}

function waitStory(scene: Scene, at: number, [halt, go]: readonly [Event, Event], stop: number): string {
  const { base, world } = scene
  const when = (time: number) => momentText(base.zone, time, world.year)
  return `A ticket of ${when(at)} is "${halt.value}" from ${when(halt.at)} to ${when(go.at)}, and ${endWord(scene)} ${when(stop)}.`
}

function* reopenLogs(scene: Scene, at: number, step: Step): Iterable<Candidate> {
  const [a, b] = bodiesOf(scene).map(body => body['on-reopen'] ?? 'continue')
  const { own, their, priority } = scene
  const words = [own.word, their.word]
  if (a === b || !words.some(word => word === 'resolve' || word === 'report')) return
  const resolved = (share: number): Event => ({ at: step(share), change: 'resolved' })
  const again = (share: number): Event => ({ at: step(share), change: 'reopened' })
  const sent = (share: number): Event => ({ at: step(share), change: 'report-sent' })
  const tell = (events: readonly Event[], story: string) => scene.log([{ priority, opened: at, events }], story)
  yield tell(
    [resolved(0.2), again(2), resolved(2.2)],
    'A ticket is resolved soon, reopened long after, and resolved soon again.',
  )
  yield tell(
    [resolved(0.6), again(0.7), resolved(1.3)],
    'A ticket is resolved in time, reopened, and resolved again, each time in less than is allowed, together in more.',
  )
  yield tell(
    [resolved(0.2), again(0.4), resolved(3)],
    'A ticket is resolved in time, reopened, and then not resolved in time.',
  )
  if (!words.includes('report')) return
  const first: Event = { at, change: 'resolved' }
  yield tell(
    [first, again(0.1), resolved(0.8), sent(1.2)],
    'A ticket is resolved, reopened and resolved again; the report comes in time after the second one only.',
  )
  yield tell([first, sent(0.2), again(0.4), resolved(2)], 'A report is sent after the first of two resolutions.')
}

function* replyLogs(scene: Scene, at: number, step: Step): Iterable<Candidate> {
  const [base, other] = bodiesOf(scene)
  const { priority } = scene
  const tell = (events: readonly Event[], story: string) => scene.log([{ priority, opened: at, events }], story)
  const event = (change: ChangeWord, share: number): Event => ({ at: share === 0 ? at : step(share), change })
  if ((base['workaround-counts'] ?? false) !== (other['workaround-counts'] ?? false)) {
    yield tell(
      [event('workaround', 0.3), event('resolved', 1.3)],
      'A ticket has a workaround in time and a resolution late.',
    )
    yield tell(
      [event('workaround', 0.3), event('reopened', 0.5), event('resolved', 1.3)],
      'A workaround in time does not hold, and the resolution is late.',
    )
    const [value] = base['paused-in']?.filter(state => other['paused-in']?.includes(state)) ?? []
    if (value !== undefined) {
      const waits: Event = { at: step(0.1), change: 'status', value }
      yield tell(
        [waits, event('workaround', 0.2), event('reopened', 0.3), event('resolved', 3)],
        `A workaround is found while a ticket waits (${value}), does not hold, and the resolution is late.`,
      )
    }
  }
  if ((base['auto-reply-counts'] ?? false) !== (other['auto-reply-counts'] ?? false)) {
    yield tell(
      [event('auto-replied', 0.3), event('responded', 1.3), event('resolved', 1.3)],
      'A ticket is answered automatically in time, by a person late.',
    )
    yield tell(
      [event('auto-replied', 0.01), event('responded', 1.3), event('resolved', 1.4)],
      'After an automatic answer a person takes long.',
    )
    yield tell(
      [event('responded', 0.01), event('auto-replied', 0.7), event('resolved', 1.4)],
      'Between the answer and the resolution there is an automatic one only.',
    )
  }
}

/** What starts one clock comes early, what starts the other late. */
function* startLogs(scene: Scene, at: number, step: Step): Iterable<Candidate> {
  const [a, b] = bodiesOf(scene).map(({ from }) => from ?? 'opened')
  if (a === undefined || b === undefined || a === b) return
  for (const [early, late] of [
    [a, b],
    [b, a],
  ] as const) {
    const begins = { [early]: at, [late]: step(3) }
    const opened = begins.opened ?? at
    const life = lifeOf(scene, step(3), step(3.3))
    const events = Object.entries(begins)
      .filter(([word]) => word !== 'opened' && word !== 'reported')
      .map(([word, time]): Event => ({ at: time, change: word as ChangeWord }))
    const reported = begins.reported === undefined ? {} : { reported: begins.reported }
    yield scene.log(
      [{ ...withEvents(life, ...events), opened, ...reported }],
      `A ticket is ${early} long before it is ${late}, and ${endWord(scene)} soon after that.`,
    )
  }
}

function* priorityLogs(scene: Scene, at: number): Iterable<Candidate> {
  const [base, other] = bodiesOf(scene)
  const { priority } = scene
  const stop = lateStop(scene, at)
  const life = lifeOf(scene, at, stop)
  const middle = at + Math.floor((stop - at) / 2 / MINUTE) * MINUTE
  if (base.unprioritised !== other.unprioritised) {
    yield scene.log([{ ...life, priority: '' }], 'A ticket without a priority is late.')
  }
  if (
    (base['on-priority-change'] ?? 'carry') === (other['on-priority-change'] ?? 'carry') &&
    base['on-priority-change'] !== 'strictest'
  )
    return
  const names = [...Object.keys(base.priorities), ...Object.keys(other.priorities)].filter(name => name !== priority)
  for (const name of [...new Set(names)].slice(0, 4)) {
    const to = (value: string, time = middle): Event => ({ at: time, change: 'priority', value })
    yield scene.log([withEvents(life, to(name))], `A late ticket of ${priority} becomes one of ${name} before it ends.`)
    yield scene.log(
      [withEvents({ ...life, priority: name }, to(priority))],
      `A late ticket of ${name} becomes one of ${priority} before it ends.`,
    )
    const far = { ...lifeOf(scene, at, stop + 90 * DAY) }
    yield scene.log(
      [withEvents(far, to(name))],
      `A very late ticket of ${priority} becomes one of ${name} before it ends.`,
    )
  }
}

function* scopeLogs(scene: Scene, at: number): Iterable<Candidate> {
  const late = lateLog(scene, at)
  for (const { cells, story } of scopeCells(scene.base, scene.other)) {
    yield { ...late, rows: inScope(late, cells, scene.base.zone), story: `A ticket ${story} is late.` }
  }
}

/** Where hours run in the zone of the customer: one in another zone. */
function* customerLogs(scene: Scene): Iterable<Candidate> {
  const { base, other, own, their, span } = scene
  if (bodiesOf(scene).every(body => body['customer-timezone'] !== true)) return
  const start = Math.max(span.start, ordinaryOpening(scene) - 8 * HOUR)
  const week = { start, end: Math.min(span.end, start + 7 * DAY) }
  for (const zone of ['Asia/Tokyo', 'America/Los_Angeles', 'UTC']) {
    const { more, less } = byOpenings(readingOf(base, own, zone), readingOf(other, their, zone), week)
    for (const gap of [more, less]) if (gap !== undefined) yield* inZone(scene, gap, zone)
  }
}

function* inZone(scene: Scene, { at, base, other }: Gap, zone: string): Iterable<Candidate> {
  const lasts = [base?.last ?? at, other?.last ?? at]
  const [low, high] = [Math.min(...lasts), Math.max(...lasts)]
  for (const stop of [Math.floor((low + high) / 2), high]) {
    yield scene.log(
      [{ ...lifeOf(scene, at, stop), zone }],
      `A ticket of a customer in ${zone} is ${endWord(scene)} when the time of one is over.`,
    )
  }
}
