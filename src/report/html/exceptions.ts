import type { Finding } from '../../model/finding.ts'
import type { FixedBreach, OpenBreach, Report, WaiverFile, WaiverUse } from '../../model/report.ts'
import { asOfText } from '../instants.ts'
import { grouped } from '../quantities.ts'
import { stateWord } from '../states.ts'
import type { View } from '../view.ts'
import { findingAnchor } from './anchors.ts'
import { escaped } from './escape.ts'
import { badge, factList, tableOf } from './tags.ts'

/** What lets breaches pass: every waiver with what became of it. Nothing without a waiver file. */
export function waiverSection({ waivers }: Report): string {
  if (waivers === undefined) return ''
  return `<section aria-labelledby="waivers"><h2 id="waivers">Waivers</h2>
${waiverTable(waivers)}${factList([
  ['Waiver file', `<code>${escaped(waivers.file)}</code>`],
  ['sha256', `<code class="digest">${escaped(waivers.sha256)}</code>`],
])}</section>
`
}

/** The earlier report that breaches are held against, and which of its breaches are none any more. */
export function baselineSection(report: Report, linked: (clause: string) => boolean, view: View): string {
  const { baseline } = report
  if (baseline === undefined) return ''
  const there = idsAmong([...baseline.fixed, ...baseline.open], report, linked)
  const { file, sha256, asOf, period, known } = baseline
  return `<section aria-labelledby="baseline"><h2 id="baseline">Baseline</h2>
<p>${known === 0 ? 'No breach of now is' : `${grouped(known)} ${known === 1 ? 'breach of now is' : 'breaches of now are'}`} in it already.</p>
${pastTable(baseline.fixed, 'Breaches of the baseline that are none any more', there)}${pastTable(baseline.open, 'Breaches of the baseline that are not known to be mended', there)}${factList(
  [
    ['Earlier report', `<code>${escaped(file)}</code>`],
    ['Its period', escaped(period.text)],
    ['Its as-of instant', escaped(asOfText(view.zone, asOf))],
    ['sha256', `<code class="digest">${escaped(sha256)}</code>`],
  ],
)}</section>
`
}

function waiverTable({ entries }: WaiverFile): string {
  if (entries.length === 0) return '<p>The waiver file holds no waiver.</p>\n'
  const rows = entries.map(entry => [
    `<code>${escaped(entry.finding)}</code>`,
    `<span class="state w-${entry.state}">${SIGNS[entry.state]} ${entry.state}</span>`,
    grouped(entry.findings),
    `${escaped(entry.until)}<small>${escaped(leftText(entry))}</small>`,
    escaped(entry.approver),
    escaped(entry.reason),
  ])
  const heads = [
    { text: 'Finding or pattern' },
    { text: 'State' },
    { text: 'Breaches', figures: true as const },
    { text: 'Until' },
    { text: 'Approved by' },
    { text: 'Reason' },
  ]
  return tableOf('Waivers and what became of them', heads, rows)
}

const SIGNS: Readonly<Record<WaiverUse['state'], string>> = { used: '✔', expired: '✖', unmatched: '?' }

function leftText({ daysLeft }: WaiverUse): string {
  const days = (count: number): string => `${grouped(count)} ${count === 1 ? 'day' : 'days'}`
  if (daysLeft < 0) return `${days(-daysLeft)} ago`
  return daysLeft === 0 ? 'the last day' : `${days(daysLeft)} left`
}

const MOST_FIXED = 1000

function pastTable(list: readonly (FixedBreach | OpenBreach)[], caption: string, there: ReadonlySet<string>): string {
  if (list.length === 0) return ''
  const rows = list.slice(0, MOST_FIXED).map(({ finding, now }) => {
    const id = escaped(finding)
    return [
      there.has(finding) ? `<a href="#${findingAnchor(finding)}">${id}</a>` : id,
      now === 'gone' ? '<span class="state s-none">– no such finding here</span>' : badge(now, stateWord(now)),
    ]
  })
  const rest = list.length - rows.length
  const more = rest > 0 ? `<p class="more">and ${grouped(rest)} more</p>\n` : ''
  return tableOf(caption, [{ text: 'Finding' }, { text: 'Now' }], rows) + more
}

/** Those of the breaches that a finding of this page has the id of: what is on more than one thing may have another now. */
function idsAmong(
  list: readonly (FixedBreach | OpenBreach)[],
  { clauses }: Report,
  linked: (clause: string) => boolean,
): ReadonlySet<string> {
  const wanted = new Set(list.flatMap(({ finding, now }) => (now === 'gone' ? [] : [finding])))
  const concerned = new Set(list.map(({ clause }) => clause))
  const there = new Set<string>()
  for (const { id: clause, findings } of clauses) {
    if (!concerned.has(clause) || !linked(clause)) continue
    for (const id of findings.ids?.() ?? ids(findings)) if (wanted.has(id)) there.add(id)
  }
  return there
}

function* ids(findings: Iterable<Finding>): Iterable<string> {
  for (const { id } of findings) yield id
}
