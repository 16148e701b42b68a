import { DAY, HOUR } from '../../../time/civil.ts'
import type { Candidate } from '../../rule.ts'
import { lateStop, type Scene } from './scene.ts'
import type { Event } from './tickets.ts'

/** Logs for a resolution held against a workaround: what ends the wait for the one and not for the other. */
export function* mixedLogs(scene: Scene, at: number): Iterable<Candidate> {
  const { base, other, own, their, priority } = scene
  const words = [own.word, their.word]
  if (own.word === their.word || !words.includes('workaround')) return
  const late = lateStop(scene, at)
  const far = lateStop(scene, late + DAY)
  const event = (change: Event['change'], time: number): Event => ({ at: time, change })
  const tell = (events: readonly Event[], story: string) => scene.log([{ priority, opened: at, events }], story)
  yield tell(
    [event('workaround', at), event('resolved', late)],
    'A ticket has a workaround at once and is resolved too late.',
  )
  yield tell(
    [event('workaround', at), event('reopened', at + HOUR), event('resolved', far)],
    'A workaround does not hold, and the ticket is resolved too late.',
  )
  yield tell(
    [event('resolved', late), event('reopened', late + DAY), event('resolved', late + DAY)],
    'A ticket is resolved late, reopened, and resolved again at once.',
  )
  yield tell(
    [event('resolved', at), event('reopened', late), event('resolved', far)],
    'A ticket is resolved at once, reopened, and then resolved too late.',
  )
  const names = [base, other].flatMap(({ clause }) => Object.keys(clause.body.priorities))
  for (const name of [...new Set(names)].filter(one => one !== priority).slice(0, 6)) {
    yield tell(
      [event('workaround', late), { ...event('priority', late + HOUR), value: name }, event('resolved', late + DAY)],
      `A ticket has a late workaround, becomes one of ${name} and is resolved.`,
    )
  }
}
