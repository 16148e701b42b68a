import type { Binding } from '../../model/finding.ts'
import type { ClauseReport } from '../../model/report.ts'
import { escapeMarkdown, markdownCode } from '../markdown-escape.ts'
import { safeText } from './text.ts'

/** A clause as a rule, whatever its verdict: alerts of rules that are not there any more would never close. */
export function ruleOf(clause: ClauseReport, severity: string | undefined) {
  const { id, kind, binding, section, text, promise } = clause
  const title = safeText([kind, promise].filter(Boolean).join(': '))
  const source = [section === undefined ? '' : `Section ${section}.`, text ?? ''].filter(Boolean).join(' ')
  const facts: readonly (readonly [string, string])[] = [
    ['Promise', promise],
    ['Binding', BINDINGS[binding]],
    ['Section', section ?? ''],
    ['Own words', text ?? ''],
  ]
  const told = facts.filter(([, value]) => value !== '')
  return {
    id,
    name: pascal(id),
    shortDescription: { text: title },
    fullDescription: { text: source === '' ? title : safeText(source) },
    help: {
      text: [
        ...told.map(([name, value]) => `${name}: ${safeText(value)}`),
        `All of it: sla explain ${safeText(kind)}`,
      ].join('\n'),
      markdown: [
        ...told.map(([name, value]) => `- **${name}**: ${escapeMarkdown(value)}`),
        `- **All of it**: ${markdownCode(`sla explain ${kind}`)}`,
      ].join('\n'),
    },
    defaultConfiguration: { level: LEVELS[binding] },
    properties: {
      kind,
      binding,
      ...(section !== undefined && { section }),
      tags: ['sla', kind, ...(severity === undefined ? [] : ['security'])],
      ...(severity !== undefined && { 'security-severity': severity }),
    },
  }
}

const BINDINGS: Readonly<Record<Binding, string>> = {
  guarantee: 'guarantee',
  objective: 'objective, not part of the verdict unless asked for',
  observed: 'observed, never judged',
}

export const LEVELS: Readonly<Record<Binding, 'error' | 'warning' | 'none'>> = {
  guarantee: 'error',
  objective: 'warning',
  observed: 'none',
}

/** `daily-backup` → `DailyBackup`. */
function pascal(id: string): string {
  const parts = id.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  return parts.map(part => part.slice(0, 1).toUpperCase() + part.slice(1)).join('') || 'Clause'
}
