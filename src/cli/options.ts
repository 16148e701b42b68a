import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Binding } from '../model/finding.ts'
import { nearest } from '../model/nearest.ts'
import { type Failure, failures } from './exit-codes.ts'

/** Options that every command takes. */
export interface CommonOptions {
  readonly format: string
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly width?: number
  readonly color?: boolean
}

/** Options that say how evidence files are read. */
export interface ReadingOptions {
  readonly tz?: string
  readonly map?: string
  readonly as?: string
  readonly takenAt?: readonly string[]
}

/** Options that say what is audited. */
export interface EvidenceOptions extends ReadingOptions {
  readonly period?: string
  readonly asOf?: string
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly ignoreTerm?: boolean
  readonly strict?: boolean
  readonly assumeComplete?: readonly string[]
  readonly onBadRow: 'error' | 'skip'
  readonly risk: number
}

/** Options that say which breaches are let pass, and which are new. */
export interface PassOptions {
  readonly waivers?: string
  readonly baseline?: string
}

export interface AuditOptions extends CommonOptions, EvidenceOptions, PassOptions {
  readonly upcoming?: string
  readonly summary?: string
  readonly failOn: readonly Failure[]
  readonly binding: readonly Binding[]
  readonly output?: readonly string[]
}

export function addCommon(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(flag('-f, --format <format>', 'what goes to stdout').choices(formats).default(formats[0]))
    .addOption(flag('-q, --quiet', 'the essence only, no warnings'))
    .addOption(flag('-v, --verbose', 'more: all timelines, columns and digests of files'))
    .addOption(flag('--width <columns>', 'width of the text').argParser(widthOf))
    .addOption(flag('--color', 'colours, also where output is no terminal'))
    .addOption(flag('--no-color', 'no colours', 'SLA_NO_COLOR'))
}

export function addReading(command: Command): Command {
  return command
    .addOption(flag('--tz <zone>', 'zone of stamps without an offset, such as Europe/Paris'))
    .addOption(
      flag(
        '--map <file>',
        'column names, values and time formats of foreign files (YAML; a list where files need different ones)',
      ).argParser(onlyOne('a map is one file: its entries can be a list, each with the files that it is for')),
    )
    .addOption(flag('--as <type>', 'record type of all files, where the header leaves it open'))
    .addOption(
      flag(
        '--taken-at <[glob=]instant>',
        'when files were made that do not say so, such as reports of scanners and listings of backups; repeatable',
      ).argParser(collect),
    )
}

export function addEvidence(command: Command): Command {
  return addReading(command)
    .addOption(flag('--period <period>', '2026, 2026-Q2, 2026-05, DATE..DATE (last day included) or INSTANT..INSTANT'))
    .addOption(flag('--as-of <instant>', 'what is known by then; a date means the end of that day (default: now)'))
    .addOption(flag('--only <globs>', 'only clauses whose id matches; repeatable').argParser(collect))
    .addOption(flag('--skip <globs>', 'no clauses whose id matches; repeatable').argParser(collect))
    .addOption(flag('--ignore-term', 'judge as if the contract were in force throughout, whatever its dates'))
    .addOption(strictFlag())
    .addOption(flag('--assume-complete <types>', 'nothing else happened of these types; repeatable').argParser(collect))
    .addOption(flag('--on-bad-row <what>', 'what a bad row does').choices(['error', 'skip']).default('error'))
    .addOption(
      flag('--risk <percent>', 'share of an allowance from which it is at risk').argParser(riskOf).default(90, '90%'),
    )
}

export function addPasses(command: Command): Command {
  return command
    .addOption(flag('--waivers <file>', 'breaches that are let pass: which, why, by whom, until when (YAML)'))
    .addOption(flag('--baseline <file>', 'an earlier JSON or NDJSON report: what was breached in it is not new'))
}

export function strictFlag(): Option {
  return flag('--strict', 'doubts about the contract are errors')
}

export function addVerdict(command: Command): Command {
  return command
    .addOption(flag('--upcoming <duration>', 'also list what falls due so long after as-of: 24h, "7 days"'))
    .addOption(
      flag('--fail-on <list>', `what makes the exit code 1 or 4: ${failures.join(',')}, or never`)
        .argParser(failuresOf)
        .default(['breached'], 'breached'),
    )
    .addOption(
      flag('--binding <list>', 'clauses that count: guarantee, objective')
        .argParser(bindingsOf)
        .default(['guarantee'], 'guarantee'),
    )
    .addOption(
      flag(
        '-o, --output <[format:]path>',
        'also write a report to a file: the extension says the format (.html, .json, .sarif …), or its name before the path, as in gitlab:quality.json; repeatable',
      ).argParser(append),
    )
    .addOption(flag('--summary <file>', 'append a Markdown summary to a file (-f github: to $GITHUB_STEP_SUMMARY)'))
}

/** Options of a comparison; the evidence is read once for each contract. */
export function addCompare(command: Command): Command {
  return command
    .addOption(
      flag('--baseline <file>', 'requirements to hold the contracts against (kind: Baseline), as the base').argParser(
        onlyOne('there is one base'),
      ),
    )
    .addOption(flag('--align <file>', 'names of priorities, bands and components that mean the same (YAML)'))
    .addOption(flag('--year <year>', 'the year that worst cases are of (default: that of now)').argParser(yearOf))
    .addOption(flag('--witness <dir>', 'write the logs that tell the contracts apart, with commands to judge them'))
    .addOption(
      flag(
        '--evidence <files...>',
        'judge the same history by each contract: files, directories, globs; in the variable with commas',
      ).argParser(append),
    )
    .addOption(flag('--period <period>', 'of the evidence: 2026, 2026-Q2, 2026-05, DATE..DATE or INSTANT..INSTANT'))
    .addOption(flag('--as-of <instant>', 'what is known by then, of the evidence; a date means the end of that day'))
    .addOption(flag('--assume-complete <types>', 'nothing else happened of these types; repeatable').argParser(collect))
    .addOption(flag('--on-bad-row <what>', 'what a bad row does').choices(['error', 'skip']).default('error'))
    .addOption(strictFlag())
    .addOption(
      flag(
        '--only <list>',
        'only these subjects, or promises whose key begins so: availability, support/P1; repeatable',
      ).argParser(collect),
    )
    .addOption(flag('--only-different', 'leave out what all contracts say alike'))
    .addOption(
      flag('--fail-on <list>', `what makes the exit code 1: ${COMPARED.join(',')}, or never`)
        .argParser(relationsOf)
        .default([], 'never'),
    )
    .addOption(
      flag(
        '-o, --output <[format:]path>',
        'also write it to a file: .html, .json, .md, .csv, .txt; repeatable',
      ).argParser(append),
    )
}

/** What `--fail-on` of a comparison may list. */
export const COMPARED = ['weaker', 'incomparable', 'missing', 'not-decidable', 'added'] as const

/**
 * Fills in options that the command line left out from their `SLA_…` variables. Read here rather than by commander so
 * that an empty variable is an unset one, `SLA_STRICT=0` isn't strict, and the environment can be injected.
 */
export function applyEnvironment(command: Command, env: Readonly<Record<string, string | undefined>>): void {
  for (const option of command.options) {
    const name = variables.get(option)
    const text = name === undefined ? undefined : env[name]
    const key = option.attributeName()
    const source = command.getOptionValueSource(key)
    if (name === undefined || text === undefined || text === '') continue
    if (source !== undefined && source !== 'default') continue
    if (option.variadic) {
      command.setOptionValueWithSource(key, list(text), 'env')
      continue
    }
    if (!option.required) {
      const on = !/^(0|false|no|off)$/i.test(text)
      if (on) command.setOptionValueWithSource(key, !option.negate, 'env')
      else if (key === 'color' && !option.negate) command.setOptionValueWithSource(key, false, 'env')
      continue
    }
    try {
      const value: unknown = option.parseArg === undefined ? text : option.parseArg(text, undefined)
      command.setOptionValueWithSource(key, value, 'env')
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error
      command.error(`error: ${name} is '${text}'. ${error.message}`)
    }
  }
}

/** The options that stand on the command line: `--as-of`. */
export function givenFlags(command: Command): readonly string[] {
  const given = command.options.filter(option => command.getOptionValueSource(option.attributeName()) === 'cli')
  return given.flatMap(({ long }) => long ?? [])
}

const variables = new WeakMap<Option, string>()

/** An option with its variable: `--as-of` is SLA_AS_OF. */
export function flag(flags: string, description: string, variable?: string): Option {
  const plain = new Option(flags, description)
  const name = variable ?? `SLA_${plain.name().toUpperCase().replaceAll('-', '_')}`
  const option = new Option(flags, `${description} [${name}]`)
  variables.set(option, name)
  return option
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...list(value)]
}

/** For options of which a second one would take the first one's place without a word. */
function onlyOne(why: string): (value: string, before: string | undefined) => string {
  return (value, before) => {
    if (before !== undefined) throw new InvalidArgumentError(`It was given before: ${why}.`)
    return value
  }
}

function append(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

function list(value: string): string[] {
  const items = value.split(',').map(item => item.trim())
  if (items.includes('')) throw new InvalidArgumentError('A list has a blank item.')
  return items
}

function oneOf<T extends string>(item: string, allowed: readonly T[]): T {
  const found = allowed.find(candidate => candidate === item)
  if (found !== undefined) return found
  const guess = nearest(item, allowed)
  throw new InvalidArgumentError(
    guess === undefined
      ? `Unknown: ${item}. Allowed: ${allowed.join(', ')}.`
      : `Unknown: ${item}. Did you mean ${guess}?`,
  )
}

function failuresOf(value: string): readonly Failure[] {
  const items = list(value).map(item => oneOf<Failure | 'never'>(item, [...failures, 'never']))
  if (!items.includes('never')) return items.flatMap(item => (item === 'never' ? [] : [item]))
  if (items.length > 1) throw new InvalidArgumentError('never stands alone.')
  return []
}

function bindingsOf(value: string): readonly Binding[] {
  return list(value).map(item => oneOf(item, ['guarantee', 'objective'] as const))
}

function relationsOf(value: string): readonly (typeof COMPARED)[number][] {
  const items = list(value).map(item => oneOf<(typeof COMPARED)[number] | 'never'>(item, [...COMPARED, 'never']))
  if (!items.includes('never')) return items.flatMap(item => (item === 'never' ? [] : [item]))
  if (items.length > 1) throw new InvalidArgumentError('never stands alone.')
  return []
}

function yearOf(value: string): number {
  const year = /^\d{4}$/.test(value.trim()) ? Number(value) : 0
  if (year < 1971 || year > 2199) throw new InvalidArgumentError('Expected a year such as 2026.')
  return year
}

function widthOf(value: string): number {
  const width = /^\d{1,4}$/.test(value) ? Number(value) : 0
  if (width < 60) throw new InvalidArgumentError('Expected a whole number of columns, 60 or more.')
  return width
}

function riskOf(value: string): number {
  const found = /^(\d{1,3}(?:\.\d{1,6})?)\s*%$/.exec(value.trim())
  const percent = Number(found?.[1])
  if (!(percent > 0 && percent <= 100)) throw new InvalidArgumentError('Expected a percentage such as 90%.')
  return percent
}
