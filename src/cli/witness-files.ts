import { isAbsolute, join, normalize, resolve } from 'node:path'
import { evidenceText } from '../compare/judge-log.ts'
import type { Comparison, Witness } from '../model/comparison.ts'
import { type WitnessFile, witnessFiles } from '../report/compare/witness-names.ts'
import { escapeMarkdown } from '../report/markdown-escape.ts'
import { shellWord } from '../report/shell.ts'
import { formatInstant } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'
import type { Io } from './io.ts'
import { TITLE } from './witness-directory.ts'

/**
 * Writes each witness as `NN-key.csv` into a directory (`NN-key-ID.csv` too where a contract has other names for the
 * same), with a README.md of the commands that reproduce the verdicts: all of them or none. `zone` is that of the base,
 * `stale` are files of an earlier run.
 */
export async function writeWitnesses(
  directory: string,
  comparison: Comparison,
  zone: Zone,
  stale: readonly string[],
  io: Io,
): Promise<void> {
  const texts = new Map<string, string>()
  const parts: string[] = []
  for (const [at, witness] of comparison.witnesses.entries()) {
    const files = witnessFiles(witness, at, comparison)
    for (const { name, rows } of files) texts.set(name, evidenceText(rows))
    parts.push(section(witness, files, directory, comparison, zone))
  }
  const { only } = comparison
  const none = `No log is needed to tell these contracts apart${only === undefined ? '' : ` in ${escapeMarkdown(only.join(', '))}`}.\n`
  const where = `The commands are to be run in ${whereFrom(directory, io.directory())}; it is the findings named here that differ, the exit code is that of the whole clause.`
  // Last: it names the others.
  texts.set(
    'README.md',
    `${TITLE}\n\nEach is judged differently by two contracts. ${where}\n${parts.length === 0 ? `\n${none}` : parts.join('')}`,
  )
  await io.writeTogether(directory, texts, stale)
}

/** Where a run stood, said from the directory that it wrote into and without a name of the machine's. */
function whereFrom(directory: string, working: string): string {
  if (resolve(working, directory) === resolve(working)) return 'this directory'
  if (isAbsolute(directory)) return 'the directory that the contracts were named from'
  return `the directory from which this one is ${code(normalize(directory).replace(/[\\/]$/, ''))}`
}

function section(
  witness: Witness,
  files: readonly WitnessFile[],
  directory: string,
  { contracts, rows }: Comparison,
  zone: Zone,
): string {
  const cells = rows.find(({ key }) => key === witness.row)?.cells ?? []
  const commands = files.map(({ contract, name }) => {
    const words = [contracts[contract]?.file ?? '', join(directory, name)]
    const options = ['--period', witness.period.text, '--as-of', formatInstant(zone, witness.asOf)]
    const clause = cells[contract]?.clause
    const only = clause === undefined ? [] : ['--only', clause]
    // Promises are compared as if they were in force throughout.
    const always = contracts[contract]?.term === undefined ? [] : ['--ignore-term']
    // Without it the exit code is that of guarantees alone.
    const counted = cells[contract]?.binding === 'objective' ? ['--binding', 'guarantee,objective'] : []
    return ['sla', 'audit', ...[...words, ...options, ...only, ...always, ...counted].map(shellWord)].join(' ')
  })
  const verdicts = witness.verdicts.map(
    ({ contract, finding, status }) => `- ${code(contracts[contract]?.file ?? '')}: ${code(finding)} is ${status}`,
  )
  const names = [...new Set(files.map(({ name }) => name))].map(code).join(' and ')
  return `\n## ${escapeMarkdown(witness.row)}: ${names}\n\n${escapeMarkdown(witness.story)}\n\n${verdicts.join('\n')}\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n`
}

function code(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'")}\``
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
}
