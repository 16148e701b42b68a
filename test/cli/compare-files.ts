import { main } from '../../src/cli/main.ts'
import { fakeIo } from './fake-io.ts'

/** The head of a contract; its clauses follow. */
export const head = (id: string, kind = 'Contract'): string =>
  `apiVersion: sla/v1\nkind: ${kind}\nid: ${id}\ntimezone: Europe/Paris\nclauses:\n`
export const up = (target: string): string =>
  `  up: { kind: availability, target: ${target}, window: calendar month, no-data: up }\n`
export const tickets = (...priorities: readonly string[]): string =>
  `  help: { kind: support, calendar: always, priorities: { ${priorities.join(', ')} } }\n`

export const FILES = {
  'a.yaml': head('a') + up('99.5%') + tickets('P1: { respond: 2h }'),
  'b.yaml': head('b') + up('99%') + tickets('blocking: { respond: 3h }'),
  'more.yaml': head('more') + up('99.5%') + tickets('P1: { respond: 2h }', 'P2: { respond: 1 day }'),
  'needs.yaml': head('needs', 'Baseline') + up('99.5%'),
  'align.yaml': 'apiVersion: sla/v1\nkind: Alignment\npriority: { P1: [blocking] }\n',
  'broken.yaml': head('broken') + up('lots'),
}

/** Runs `sla compare` with words that have no blanks. */
export async function run(words: string, env = {}, files: Readonly<Record<string, string>> = FILES) {
  const io = fakeIo(files, env)
  const code = await main(['compare', ...words.split(' ')], io)
  return { code, out: io.out.join(''), err: io.err.join(''), files: io.files }
}
