import { paragraph } from '../layout.ts'
import { clean } from '../printable.ts'
import { shellWord } from '../shell.ts'
import type { Difference } from './differences.ts'
import type { CompareView } from './index.ts'

/** The rules that were applied, and each log in one sentence with the file that it is in. */
export function reasonLines(
  rules: readonly string[],
  logs: Difference['logs'],
  view: CompareView,
  indent: number,
): readonly string[] {
  const place = { width: view.width, indent }
  const dim = (text: string): string => view.colour.dim(text)
  return [
    ...(rules.length === 0 ? [] : paragraph({ text: clean(rules.join('; '), view) }, place)),
    ...logs.flatMap(({ index, text, files }) => [
      ...paragraph({ text: clean(`[${index + 1}] ${text}`, view) }, place),
      ...files.flatMap(file =>
        paragraph({ text: clean(shellWord(file), view), paint: dim }, { ...place, indent: indent + 4 }),
      ),
    ]),
  ]
}
