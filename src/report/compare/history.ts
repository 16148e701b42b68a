import type { Comparison, ReplayVerdict } from '../../model/comparison.ts'
import type { Status } from '../../model/finding.ts'
import { grouped } from '../quantities.ts'
import { stateGlyph, stateWord } from '../states.ts'
import type { View } from '../view.ts'
import type { Piece } from './grid.ts'
import { fullName } from './names.ts'
import { instantIn } from './when.ts'
import { verdictTone } from './words.ts'

/**
 * What a history comes to under one contract: how many of its promises it breaks, the first of them, and how many could
 * not be judged: `✖ 2 of 14 promises broken, first availability from Tue 7 Apr 2026 09:00; 3 unverified`.
 */
export function historyPiece({ replay = [], rows }: Comparison, at: number, view: View): Piece {
  const judged = replay.flatMap(({ key, subject, name, verdicts }): readonly Judged[] => {
    const verdict = verdicts[at]
    const binding = rows.find(row => row.key === key)?.cells[at]?.binding
    return verdict === undefined
      ? []
      : [
          {
            name: name === subject.toLowerCase() ? name : fullName(subject, name),
            verdict,
            objective: binding === 'objective',
          },
        ]
  })
  const status = WORST.find(one => judged.some(({ verdict }) => verdict.status === one))
  if (status === undefined) return { text: 'the history concerns no promise', tone: 'dim' }
  const broken = judged.filter(({ verdict }) => verdict.status === 'breached')
  const aims = broken.filter(({ objective }) => objective).length
  const promises = `${grouped(judged.length)} ${judged.length === 1 ? 'promise' : 'promises'} broken`
  const count = `${broken.length === 0 ? 'none' : grouped(broken.length)} of ${promises}`
  const binds = aims === 0 ? '' : ` (${aims === 1 ? 'one objective' : `${grouped(aims)} objectives`} among them)`
  const open = OPEN.flatMap(one => {
    const left = judged.filter(({ verdict }) => verdict.status === one).length
    return left === 0 ? [] : [`${grouped(left)} ${stateWord(one)}`]
  })
  const rest = open.length === 0 ? '' : `; ${open.join(', ')}`
  const text = `${stateGlyph(status, view)} ${count}${binds}${firstText(broken, view)}${rest}`
  return { text, tone: verdictTone(status) }
}

interface Judged {
  readonly name: string
  readonly verdict: ReplayVerdict
  readonly objective: boolean
}

const WORST: readonly Status[] = ['breached', 'unverified', 'pending', 'met', 'waived', 'not-applicable']
const OPEN: readonly Status[] = ['unverified', 'pending', 'not-applicable']

function firstText(broken: readonly Judged[], { zone }: View): string {
  const timed = broken.flatMap(({ name, verdict }) =>
    verdict.first === undefined ? [] : [{ name, first: verdict.first, verdict }],
  )
  const [earliest] = timed.sort((a, b) => a.first - b.first)
  if (earliest === undefined) return ''
  const { worst, breached } = earliest.verdict
  const by = worst === undefined ? '' : `, ${breached > 1 ? 'at worst ' : ''}${worst}`
  return `, first ${earliest.name} from ${instantIn(zone, earliest.first)}${by}`
}
