import { usageText } from '../../facts.ts'
import { clockSpan, fraction, grouped, inHours, percentText } from '../../quantities.ts'
import { findingWord, isKnown } from '../../states.ts'
import type { Chart } from '../chart.ts'
import { type Deadline, type Deadlines, isLate, shareOf } from './deadline-figures.ts'
import { areas, type Box, chartOf, type Ink, LEFT, label, line, NAMES, nearby, RIGHT, short } from './frame.ts'

/** One bar for each promise: how much of its allowance was used; the limit is the line at 100 %. */
export function deadlineBars(deadlines: Deadlines, id: string, name: string): Chart {
  const { worst, all } = deadlines
  const some = worst.length < all
  const title = some ? `${name}: the ${worst.length} with most of their allowance used` : `${name}: allowance used`
  const description = `${summaryOf(deadlines)} A bar beyond the line at 100 % is late.`
  const top = 28
  const scale = scaleFor(worst.map(reachOf))
  const bottom = top + worst.length * ROW
  const x = (share: number): number => Math.round((Math.min(share, scale) / scale) * BARS_END)
  const boxes = new Map<Ink, Box[]>()
  const add = (ink: Ink, box: Box): void => {
    const list = boxes.get(ink)
    if (list === undefined) boxes.set(ink, [box])
    else list.push(box)
  }
  const texts: string[] = []
  for (const [index, one] of worst.entries()) {
    const y = top + index * ROW
    const share = shareOf(one.used, one.allowance)
    const end = Math.max(LEFT + 2, x(share))
    const limit = x(1)
    const main = inkOf(one)
    if (isLate(one) && main === 'breached') {
      add('counted', [LEFT, y + NAME, limit - LEFT, BAR])
      add('breached', [limit, y + NAME, Math.max(2, end - limit), BAR])
    } else add(main, [LEFT, y + NAME, end - LEFT, BAR])
    if (one.most !== undefined && one.most > one.used) {
      add('unknown', [end, y + NAME, Math.max(2, x(shareOf(one.most, one.allowance)) - end), BAR])
    }
    const beyond = reachOf(one) > scale
    const told = short(`${shareText(one)} · ${wordOf(one)}`, 25)
    texts.push(
      ...nameTexts(nameOf(one), NARROW_ROOM - told.length, y + 12),
      beyond ? label(BARS_END + 4, y + NAME + BAR, '»', { ink: 'text' }) : '',
      label(RIGHT, y + 12, told, { anchor: 'end', ink: one.state === 'breached' ? 'breached' : 'muted' }),
    )
  }
  const inks = INKS.filter(ink => boxes.has(ink))
  const step = [0.5, 1, 2].find(size => scale / size <= 7) ?? 5
  const ticks = Array.from({ length: Math.floor(scale / step) + 1 }, (_, i) => i * step)
  if (!ticks.includes(1)) ticks.push(1)
  return chartOf(
    {
      id,
      title,
      description,
      height: bottom + 2,
      key: inks.map(ink => [ink, WORDS[ink] ?? ink] as const),
      bare: true,
      body: [
        line(ticks.map(share => `M${x(share)} ${top - 6}V${bottom}`).join('')),
        ...ticks.map(share =>
          label(x(share), top - 12, `${share * 100} %`, {
            anchor: share === 0 ? 'start' : 'middle',
            ...(share === 1 && { ink: 'breached', bold: true }),
            ...(share !== 1 && share % 1 !== 0 && { on: 'wide' }),
          }),
        ),
        ...inks.map(ink => areas(ink, id, boxes.get(ink) ?? [])),
        line(`M${x(1)} ${top - 6}V${bottom}`, 'breached', 1.5, '5 3'),
        ...texts,
      ],
    },
    ['Promise', 'Status', 'Used', 'Allowance', 'Share'],
    worst.map(one => [nameOf(one), wordOf(one), usedText(one), spanOf(one, one.allowance), shareText(one)]),
  )
}

/** A name over its bar, shorter on a narrow page; both always, as no text of the evidence changes what elements there are. */
function nameTexts(name: string, room: number, y: number): readonly string[] {
  return [
    nearby(0, y, short(name, 48), { ink: 'text', on: 'wide' }),
    nearby(0, y, short(name, room), { ink: 'text', on: 'narrow' }),
  ]
}

/** How many used how much of their allowance; those beyond the line are late. */
export function deadlineHistogram(deadlines: Deadlines, id: string, name: string): Chart {
  const { bins, all, unknown } = deadlines
  const title = `${name}: all ${grouped(all)} by allowance used`
  const description = summaryOf(deadlines)
  const most = Math.max(...bins, 1)
  const end = (count: number): number => Math.max(4, Math.round((count / most) * (BARS_END - NUMBERS)))
  const boxes = bins.map((count, index): Box => [LEFT, index * STEP + 3, count === 0 ? 0 : end(count), BAR])
  const some = (list: readonly Box[]): readonly Box[] => list.filter(([, , size]) => size > 0)
  const late = some(boxes.slice(10))
  const limit = 10 * STEP
  return chartOf(
    {
      id,
      title,
      description: `${description} Rows are shares of the allowance used.`,
      height: bins.length * STEP + 4,
      key: [['met', 'in time'], ...(late.length > 0 ? ([['breached', 'late']] as const) : [])],
      body: [
        areas('met', id, some(boxes.slice(0, 10))),
        areas('breached', id, late),
        line(`M${LEFT} 0V${bins.length * STEP}`),
        line(`M${LEFT} ${limit}H${RIGHT}`, 'breached', 1.5, '5 3'),
        ...bins.flatMap((count, index) => [
          nearby(NAMES, index * STEP + 14, AXIS[index] ?? '', { anchor: 'end' }),
          count === 0 ? '' : label(end(count) + 6, index * STEP + 14, grouped(count), { ink: 'text' }),
        ]),
      ],
    },
    ['Share of the allowance', 'How many'],
    [
      ...bins.map((count, index) => [RANGES[index] ?? '', grouped(count)]),
      ['not known', grouped(unknown)],
      ['All', grouped(all)],
    ],
  )
}

/** A bar with its name over it. */
const ROW = 34
const NAME = 17
const BAR = 12
const BARS_END = 600
/** How many signs a name and what is told of it have together on a narrow page. */
const NARROW_ROOM = 35
/** A row of the histogram, and the room for its number on a narrow page. */
const STEP = 20
const NUMBERS = 150
const INKS = ['met', 'risk', 'counted', 'breached', 'pending', 'unknown', 'excluded'] as const
const WORDS: Readonly<Partial<Record<Ink, string>>> = {
  met: 'in time',
  risk: 'at risk',
  counted: 'allowance, late',
  breached: 'over',
  pending: 'open',
  unknown: 'may be',
  excluded: 'waived',
}
const AXIS = [...Array.from({ length: 12 }, (_, i) => `≤ ${[150, 200][i - 10] ?? 10 * i + 10} %`), '> 200 %']
const RANGES = [
  ...Array.from({ length: 10 }, (_, i) => (i === 0 ? 'up to 10 %' : `over ${i * 10} % to ${i * 10 + 10} %`)),
  'late, up to 150 %',
  'late, over 150 % to 200 %',
  'late, over 200 %',
]

/** How far a bar would go: by the most that it can be where that is open. */
function reachOf({ used, most, allowance }: Deadline): number {
  return shareOf(Math.max(used, most ?? 0), allowance)
}

/** Three times the allowance, so that those near the limit can be told apart, unless most are beyond that. */
function scaleFor(shares: readonly number[]): number {
  const most = Math.max(...shares, 1.2)
  return Math.min(most, shares.filter(share => share > 3).length * 2 > shares.length ? 15 : 3)
}

function inkOf({ state }: Deadline): Ink {
  switch (state) {
    case 'breached':
      return 'breached'
    case 'at-risk':
      return 'risk'
    case 'pending':
      return 'pending'
    case 'unverified':
      return 'unknown'
    case 'waived':
      return 'excluded'
    default:
      return 'met'
  }
}

function summaryOf({ all, late, open, unknown }: Deadlines): string {
  const parts = [
    late > 0 ? `${grouped(late)} late` : '',
    open > 0 ? `${grouped(open)} still open` : '',
    unknown > 0 ? `${grouped(unknown)} not known` : '',
  ].filter(Boolean)
  return `${grouped(all)} with an allowance of time${parts.length === 0 ? ', none late' : `: ${parts.join(', ')}`}.`
}

function nameOf({ finding }: Deadline): string {
  return [finding.subject, finding.promise].filter(Boolean).join(' · ')
}

/** The status, and that it is still open where the status doesn't say so. */
function wordOf({ finding }: Deadline): string {
  const word = findingWord(finding)
  const known = isKnown(finding) ? ', known' : ''
  return finding.status === 'pending' && word !== 'pending'
    ? `open, ${word}`
    : `${word === 'pending' ? 'open' : word}${known}`
}

/** What was used, exactly; of what is not decided the least and the most. */
function usedText(one: Deadline): string {
  const { finding, used } = one
  const { bounds } = finding
  if (one.state !== 'unverified' || bounds?.lowest.unit !== 'ms' || bounds.highest.unit !== 'ms')
    return spanOf(one, used)
  return `${spanOf(one, bounds.lowest.value)} to ${spanOf(one, bounds.highest.value)}`
}

function spanOf({ finding }: Deadline, ms: number): string {
  return clockSpan(ms, inHours(finding))
}

/** The share as a percentage, as every format tells it. */
function shareText(one: Deadline): string {
  const { used, most, allowance } = one
  if (allowance <= 0) return used > 0 ? 'nothing allowed' : '0 %'
  const percent = (ms: number): string =>
    usageText(ms, allowance) ?? percentText(fraction(ms, allowance), { value: fraction(1, 1), bound: 'at-most' }, 0)
  return most === undefined ? percent(used) : `up to ${percent(most)}`
}
