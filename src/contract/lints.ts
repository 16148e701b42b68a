import type { Diagnostic } from '../model/diagnostic.ts'
import { zoneNameProblem } from '../time/zone-names.ts'
import type { ReadClause } from './clauses.ts'
import { diagnosticAt, nearestRange, type Path, placeAt, type Range, rangeAt, type Source } from './diagnose.ts'
import type { Names, Use } from './references.ts'

/**
 * What is legal but doubtful: what each kind finds in its clauses, loose words in texts, and names that nothing uses
 * (without `names` these aren't sought: a clause that couldn't be read may use them).
 */
export function lintContract(
  source: Source,
  clauses: readonly ReadClause[],
  names: Names | undefined,
  uses: readonly Use[],
): Diagnostic[] {
  return [
    ...clauses.flatMap(read => clauseLints(source, read)),
    ...unused(source, 'calendar', names?.calendar ?? new Set(), uses),
    ...unused(source, 'exclusion', names?.exclusion ?? new Set(), uses),
  ]
}

function clauseLints(source: Source, { clause, kind }: ReadClause): Diagnostic[] {
  const path = ['clauses', clause.id]
  const own = kind.lints(clause.body).map(({ code, path: inner, message, hint }) => {
    const at = [...path, ...inner]
    return diagnosticAt(source, rangeAt(source, at), { code, message, hint }, 'warning')
  })
  return [
    ...own,
    ...looseWords(source, [...path, 'section'], clause.section),
    ...looseWords(source, [...path, 'text'], clause.text),
  ].map(one => ({ ...one, clause: clause.id }))
}

/** Words of a text that different readers take differently. */
function looseWords(source: Source, path: Path, text: string | undefined): Diagnostic[] {
  if (text === undefined) return []
  const found: Diagnostic[] = []
  for (const [word] of text.matchAll(ABBREVIATION)) {
    const said = {
      code: 'zone-abbreviation',
      message: `"${word}" means different things to different readers`,
      hint: zoneNameProblem(word)?.hint,
    }
    found.push(diagnosticAt(source, wordRange(source, path, word), said, 'warning'))
  }
  const month = BARE_MONTH.exec(text)?.[0]
  const clause = path.slice(0, -1)
  if (month !== undefined && !SETTLING.some(field => placeAt(source, [...clause, ...field]) !== undefined)) {
    const said = {
      code: 'bare-month',
      message: `"${month}": which month?`,
      hint: 'say calendar month, contract month, billing month or 30 days',
    }
    found.push(diagnosticAt(source, wordRange(source, path, month), said, 'warning'))
  }
  return found
}

const ABBREVIATION = /\b(?:CES?T|MES?Z|EES?T|WES?T|BST|IST|MSK|JST|AE[SD]T|[ECMP][SD]T)\b/g
/** Fields that say which month is meant: those of a backup clause are the calendar's. */
const SETTLING: readonly Path[] = [['window'], ['times'], ['schedule', 'per'], ['tiers']]
const BARE_MONTH = /\b(?:per|a|each|every) month\b/i

/** Where a word stands in the source of a value; the whole value when it is broken over lines. */
function wordRange(source: Source, path: Path, word: string): Range {
  const whole = nearestRange(source, path)
  const at = source.text.slice(...whole).indexOf(word)
  return at < 0 ? whole : [whole[0] + at, whole[0] + at + word.length]
}

function unused(
  source: Source,
  what: 'calendar' | 'exclusion',
  declared: ReadonlySet<string>,
  uses: readonly Use[],
): Diagnostic[] {
  const used = new Set(uses.filter(use => use.to === what).map(use => use.name))
  return [...declared]
    .filter(name => name !== 'always' && !used.has(name))
    .map(name => {
      const said = {
        code: `unused-${what}`,
        message: `${what} \`${name}\` isn't used`,
        hint: 'remove it, or name it where it applies',
      }
      return diagnosticAt(source, rangeAt(source, [`${what}s`, name], 'key'), said, 'warning')
    })
}
