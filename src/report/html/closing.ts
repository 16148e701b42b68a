import type { Report } from '../../model/report.ts'
import { missingHints } from '../missing-hints.ts'
import type { Overview } from '../overview.ts'
import { namedFinding } from '../pretty.ts'
import { commandLines, isArgument, shellWord } from '../shell.ts'
import type { State } from '../states.ts'
import type { View } from '../view.ts'
import { escaped } from './escape.ts'
import { badge, tableOf } from './tags.ts'

/** The commands that make this report again and tell one finding of it in full; what to do about missing evidence. */
export function repeatSection(overviews: readonly Overview[], report: Report, view: View): string {
  const again = view.again ?? [report.contract.file, ...report.inputs.map(({ file }) => file)].map(shellWord)
  const finding = namedFinding(overviews, view) ?? overviews[0]?.worst
  const told =
    finding === undefined || !isArgument(finding.id)
      ? ''
      : `<p>The same for one finding, every step of it:</p>\n${command(['explain', shellWord(finding.id), ...again], view)}`
  const hints = missingHints(overviews).map(text => `<p>${escaped(text)}</p>\n`)
  return `<section aria-labelledby="repeat"><h2 id="repeat">How to check it</h2>
<p>The same version of sla, here ${escaped(report.tool.version)}, writes the same page from the same files and options, byte for byte. The digests above tell whether the files are the same.</p>
${command(['audit', ...again, '-o', 'report.html'], view)}${told}${hints.join('')}</section>
`
}

/** What each status claims. */
export function legendSection(view: View): string {
  const rows = legend(view.risk ?? 90).map(([state, text]) => [badge(state), escaped(text)])
  return `<section aria-labelledby="legend"><h2 id="legend">What the words claim</h2>
${tableOf('Statuses, worst first', [{ text: 'Status' }, { text: 'Claim' }], rows)}<p>Amounts are exact; a percentage that is rounded is rounded toward the breach; what is used of an allowance is told in whole percent, down until it is used up and up beyond. All times are local to the time zone of the contract.</p></section>
`
}

function legend(risk: number): readonly (readonly [State, string])[] {
  return [
    ['breached', 'The evidence proves the promise broken, even if its window or its clock still runs.'],
    ['unverified', 'This evidence cannot decide it. It is never counted as met.'],
    ['pending', 'Time remains, and it is not lost yet.'],
    [
      'at-risk',
      `Met or pending, with ${risk} % or more of what is allowed used up. Of backups only an interval that still runs, once it is beyond its amount and in what is tolerated: what is made on time uses up nearly all there is.`,
    ],
    ['waived', 'Breached, and let pass by a waiver that still holds.'],
    ['met', 'The evidence proves the promise kept.'],
    ['observed', 'A figure that is shown, and held against nothing.'],
    ['not-applicable', 'There is nothing to judge.'],
  ]
}

function command(words: readonly string[], view: View): string {
  const [first = '', ...rest] = words
  const lines = commandLines([`sla ${first}`, ...rest], { ...view, width: 84 })
  return `<pre tabindex="0"><code>${lines.map(escaped).join('\n')}</code></pre>\n`
}
