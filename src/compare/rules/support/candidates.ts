import type { SupportBody } from '../../../clauses/support/schema.ts'
import { DAY, MINUTE } from '../../../time/civil.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { byOpenings, byYears, type Gap, gapAt } from './gaps.ts'
import { optionLogs } from './option-logs.ts'
import { promisedOf, readingOf, sharedZone } from './promise.ts'
import { endWord, lateLog, lifeOf, ordinaryOpenings, type Scene, sharedSpan } from './scene.ts'
import { shareLogs } from './share-logs.ts'
import { logOf } from './tickets.ts'

type SupportSide = Side<SupportBody>

/** Logs that may separate two promises of support: of one ticket first. */
export function* supportCandidates(base: SupportSide, other: SupportSide, world: World): Iterable<Candidate> {
  const [own, their] = [promisedOf(base), promisedOf(other)]
  if (own === undefined || their === undefined) return
  const customer = sharedZone(base, other)
  const scene: Scene = {
    base,
    other,
    own,
    their,
    a: readingOf(base, own, customer),
    b: readingOf(other, their, customer),
    priority: own.priority ?? Object.keys(base.clause.body.priorities)[0] ?? '',
    span: sharedSpan(base, other, world),
    world,
    log: (stories, story) => logOf(base, other, stories, story),
  }
  yield* plainLogs(scene)
  yield* shareLogs(scene)
  yield* optionLogs(scene)
}

function* plainLogs(scene: Scene): Iterable<Candidate> {
  const { a, b, span, world } = scene
  const inYear = byOpenings(a, b, span)
  const years = byYears(a, b, world)
  const [more, less] = [inYear.more ?? years.more, inYear.less ?? years.less]
  const common = [...ordinaryOpenings(scene)].map(at => gapAt(a, b, at))
  for (const sign of [1, -1]) {
    const worst = sign > 0 ? more : less
    const ordinary = common.find(({ by }) => Math.sign(by) === sign && Math.abs(by) >= MINUTE)
    for (const gap of [ordinary, worst]) if (gap !== undefined) yield* between(scene, gap)
  }
  // Late for both, and in time for both: where something else than the amount decides.
  const first = common[0]
  if (first !== undefined) yield* [lateLog(scene, first.at)]
}

/** One ticket stopped after the time of one side is over and before that of the other is. */
function* between(scene: Scene, { at, base, other }: Gap): Iterable<Candidate> {
  const { year } = scene.world
  const lasts = [base, other].map(one => one?.last ?? Number.POSITIVE_INFINITY)
  const [low, high] = [Math.min(...lasts), Math.max(...lasts)]
  const later = lasts[0] === low ? other : base
  const due = later === undefined ? low + DAY : later.due > low ? later.due : high
  const middle = Math.floor((low + (due - low) / 2) / MINUTE) * MINUTE
  for (const stop of new Set([middle, due, high])) {
    if (stop <= low || !Number.isFinite(stop)) continue
    const { base: side, other: against } = scene
    const over = (last: number) =>
      Number.isFinite(last) ? `until ${momentText(side.zone, last, year)}` : 'without a limit'
    const [a = low, b = low] = lasts
    const text = `${side.label} gives time ${over(a)}, ${against.label} ${over(b)}`
    yield scene.log(
      [lifeOf(scene, at, stop)],
      `A ticket of ${momentText(side.zone, at, year)} is ${endWord(scene)} ${momentText(side.zone, stop, year)}: ${text}.`,
    )
  }
}
