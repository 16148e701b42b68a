import type { Comparison, Relation } from '../../model/comparison.ts'
import type { Status } from '../../model/finding.ts'
import { isVersions } from '../../model/labels.ts'
import type { Page } from '../view.ts'

/** What gives a text its colour; each is told by a word as well. */
export type Tone = 'good' | 'bad' | 'doubt' | 'new' | 'dim' | 'plain'

export const relations: readonly Relation[] = [
  'weaker',
  'missing',
  'incomparable',
  'not-decidable',
  'stronger',
  'added',
  'equal',
]

/** The word for a relation; of two versions of a contract it says what became of the promise. */
export function relationWord(relation: Relation, comparison: Comparison): string {
  return (isVersions(comparison.contracts) ? CHANGES : WORDS)[relation]
}

/** Its sign, one column wide; it never stands without the word. */
export function relationGlyph(relation: Relation, page: Pick<Page, 'ascii'>): string {
  return (page.ascii ? ASCII : UNICODE)[relation]
}

export function relationTone(relation: Relation): Tone {
  return TONES[relation]
}

export function verdictTone(status: Status): Tone {
  return VERDICT_TONES[status] ?? 'dim'
}

/** The other signs of a matrix. */
export function marks(page: Pick<Page, 'ascii'>): typeof MARKS {
  return page.ascii ? ASCII_MARKS : MARKS
}

export function tonePaint(tone: Tone, { colour }: Pick<Page, 'colour'>): ((text: string) => string) | undefined {
  switch (tone) {
    case 'good':
      return text => colour.green(text)
    case 'bad':
      return text => colour.red(text)
    case 'doubt':
      return text => colour.yellow(text)
    case 'new':
      return text => colour.cyan(text)
    case 'dim':
      return text => colour.dim(text)
    case 'plain':
      return undefined
  }
}

type Words = Readonly<Record<Relation, string>>

const WORDS: Words = {
  stronger: 'stronger',
  equal: 'equal',
  weaker: 'weaker',
  incomparable: 'incomparable',
  missing: 'missing',
  added: 'added',
  'not-decidable': 'not decidable',
}
const CHANGES: Words = {
  ...WORDS,
  stronger: 'stricter',
  equal: 'unchanged',
  weaker: 'laxer',
  incomparable: 'stricter and laxer',
  missing: 'dropped',
}
const UNICODE: Words = {
  stronger: '↑',
  equal: '=',
  weaker: '↓',
  incomparable: '~',
  missing: '✖',
  added: '+',
  'not-decidable': '?',
}
const ASCII: Words = { ...UNICODE, stronger: '^', weaker: 'v', missing: 'x' }

const TONES: Readonly<Record<Relation, Tone>> = {
  stronger: 'good',
  equal: 'dim',
  weaker: 'bad',
  incomparable: 'doubt',
  missing: 'bad',
  added: 'new',
  'not-decidable': 'doubt',
}

const VERDICT_TONES: Readonly<Partial<Record<Status, Tone>>> = {
  breached: 'bad',
  unverified: 'doubt',
  pending: 'new',
  met: 'good',
}

const MARKS = { best: '★', none: '–', vague: '▲', objective: '○', to: '→', changed: '→' }
const ASCII_MARKS: typeof MARKS = { best: '*', none: '-', vague: '!', objective: 'o', to: '->', changed: '>' }
