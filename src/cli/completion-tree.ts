import type { Argument, Command, Option } from 'commander'
import { clauseKinds } from '../clauses/index.ts'
import { compareRules } from '../compare/rules/index.ts'
import { TERM } from '../compare/term-row.ts'
import { SHAPES } from '../evidence/types/index.ts'
import { compareFormats } from '../report/compare/index.ts'
import { formats } from '../report/index.ts'
import { failures } from './exit-codes.ts'
import { COMPARED } from './options.ts'
import { SCHEMAS } from './schema.ts'
import { TEMPLATES } from './templates/templates.ts'

/** What may stand in a place of the command line: one of `words`, several with commas between, a file, or anything. */
export interface Place {
  readonly kind: 'words' | 'list' | 'file' | 'directory' | 'output' | 'text'
  readonly words: readonly string[]
}

export interface OptionTree {
  /** `--format`, `-f`. */
  readonly names: readonly string[]
  readonly about: string
  /** What follows it; undefined where nothing does. */
  readonly value?: Place
}

export interface CommandTree {
  readonly name: string
  readonly about: string
  readonly options: readonly OptionTree[]
  /** What stands in its places; the last one stands for all that follow where `more`. */
  readonly places: readonly Place[]
  readonly more: boolean
}

/** The commands of a program as completion scripts see them. */
export function completionTree(program: Command): readonly CommandTree[] {
  const names = program.commands.map(command => command.name())
  const help: CommandTree = {
    name: 'help',
    about: 'display help for command',
    options: [],
    places: [{ kind: 'words', words: names }],
    more: false,
  }
  return [...program.commands.map(commandTree), help]
}

function commandTree(command: Command): CommandTree {
  const { registeredArguments } = command
  const help: OptionTree = { names: ['--help', '-h'], about: 'display help for command' }
  return {
    name: command.name(),
    about: command.summary(),
    options: [...command.options.map(option => optionTree(command.name(), option)), help],
    places: registeredArguments.map(argument => argumentPlace(command.name(), argument)),
    more: registeredArguments.at(-1)?.variadic === true,
  }
}

function optionTree(command: string, option: Option): OptionTree {
  const names = [option.long, option.short].filter(name => name != null)
  const about = option.description.replace(/ \[SLA_[A-Z_]+\]$/, '')
  if (!option.required && !option.optional) return { names, about }
  return { names, about, value: optionPlace(command, option) }
}

function optionPlace(command: string, { argChoices, flags, long }: Option): Place {
  if (argChoices !== undefined) return { kind: 'words', words: argChoices }
  if (/<\[format:\]path>/.test(flags))
    return { kind: 'output', words: Object.keys(command === 'compare' ? compareFormats : formats) }
  if (/<dir>/.test(flags)) return { kind: 'directory', words: [] }
  const words = WORDS[`${command} ${long}`] ?? WORDS[long ?? '']
  if (words !== undefined) return { kind: /<(types|list)>/.test(flags) ? 'list' : 'words', words }
  return { kind: /<files?\b/.test(flags) ? 'file' : 'text', words: [] }
}

function argumentPlace(command: string, argument: Argument): Place {
  const name = argument.name()
  const words = argument.argChoices ?? WORDS[`${command} ${name}`]
  if (words !== undefined) return { kind: 'words', words }
  if (name === 'directory') return { kind: 'directory', words: [] }
  return { kind: /^(contract|evidence|file)$/.test(name) ? 'file' : 'text', words: [] }
}

const TYPES = SHAPES.map(({ name }) => name)

/** Words of options and arguments that don't list their choices themselves. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  '--as': TYPES,
  '--assume-complete': TYPES,
  '--binding': ['guarantee', 'objective'],
  '--fail-on': [...failures, 'never'],
  '--template': TEMPLATES.map(({ name }) => name),
  'compare --fail-on': [...COMPARED, 'never'],
  'compare --only': [...Object.keys(compareRules), TERM],
  'explain subject': [...Object.keys(clauseKinds), 'compare'],
  'schema what': SCHEMAS,
}
