import { Argument, Command } from 'commander'
import { compareFormats } from '../report/compare/index.ts'
import { formats } from '../report/index.ts'
import type { CalendarOptions } from './calendar.ts'
import type { CompareOptions } from './compare.ts'
import type { DueOptions } from './due.ts'
import type { ExplainOptions } from './explain.ts'
import type { FormatsOptions } from './formats.ts'
import type { InitOptions } from './init.ts'
import type { InspectOptions } from './inspect.ts'
import type { Io } from './io.ts'
import {
  type AuditOptions,
  addCommon,
  addCompare,
  addEvidence,
  addPasses,
  addReading,
  addVerdict,
  applyEnvironment,
  flag,
  givenFlags,
  strictFlag,
} from './options.ts'
import type { ValidateOptions } from './validate.ts'

/** All commands with their options; each loads its own code when it runs and hands its exit code to `done`. */
export function buildProgram(io: Io, done: (code: number) => void): Command {
  const program = new Command('sla')
    .description('Settles whether a service-level agreement was kept.')
    .version(io.version(), '-V, --version')
    .exitOverride()
    .configureHelp({ subcommandTerm: command => command.name() })
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 100, 120),
      getErrHelpWidth: () => Math.min(io.stderr.columns ?? 100, 120),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(add --help for what it takes)')
    .hook('preAction', (_, command) => applyEnvironment(command, io.env))
    .addHelpText(
      'after',
      `
Every option can be given as a variable too: --as-of is SLA_AS_OF.

Exit codes: 0 nothing listed in --fail-on, 1 breached, 2 usage, 3 bad input,
4 something else listed in --fail-on, 70 internal fault, 130 interrupted.
validate has 1 for what is invalid, compare for what its --fail-on lists.

Example:
  $ sla audit acme.yaml outages.csv maintenance.csv --period 2026-05`,
    )

  addVerdict(addPasses(addEvidence(addCommon(program.command('audit'), Object.keys(formats)))))
    .summary('judge every clause of a contract by evidence')
    .description('Judges every clause of a contract by evidence and reports what was kept, broken or not decided.')
    .argument('<contract>', 'contract file (YAML or JSON)')
    .argument('[evidence...]', 'evidence: files, directories, globs, - for stdin')
    .addHelpText(
      'after',
      `
Examples:
  $ sla audit acme.yaml outages.csv maintenance.csv --period 2026-05
  $ sla audit acme.yaml evidence/ --period 2026-Q2 \\
      --fail-on breached,unverified
  $ sla audit acme.yaml evidence/ -o report.html -o report.sarif -o junit:t.xml
  $ sla audit acme.yaml evidence/ --waivers w.yaml --baseline january.json

sla formats lists what is read and written.`,
    )
    .action(async (contract: string, evidence: string[], options: AuditOptions) => {
      const { audit } = await import('./audit.ts')
      done(await audit(contract, evidence, options, io))
    })

  addCommon(program.command('validate'), ['pretty', 'json'])
    .summary('check contracts, waiver and alignment files')
    .description('Checks contracts, waiver and alignment files: every error at once, with file, line and what to try.')
    .argument('<file...>', 'contracts, waiver and alignment files (YAML or JSON)')
    .addOption(strictFlag())
    .addHelpText(
      'after',
      '\nExit codes: 0 valid, 1 invalid, 3 unreadable.\n\nExample:\n  $ sla validate acme.yaml boreal.yaml',
    )
    .action(async (contracts: string[], options: ValidateOptions) => {
      const { validate } = await import('./validate.ts')
      done(await validate(contracts, options, io))
    })

  addReading(addCommon(program.command('inspect'), ['pretty', 'json']))
    .summary('say how evidence files are read')
    .description(
      'Says how each evidence file is read: type, format, columns, zone, rows, first and last stamp, problems.',
    )
    .argument('<file...>', 'evidence: files, directories, globs, - for stdin')
    .addHelpText(
      'after',
      '\nExit codes: 0 all can be read, 2 usage, 3 some file has errors.\n\nExample:\n  $ sla inspect outages.csv checks.ndjson.gz --tz Europe/Paris',
    )
    .action(async (files: string[], options: InspectOptions) => {
      const { inspect } = await import('./inspect.ts')
      done(await inspect(files, options, io))
    })

  addPasses(addEvidence(addCommon(program.command('explain'), ['pretty', 'json'])))
    .summary('one finding in full, or the manual of a clause kind')
    .description(
      'Explains one finding of an audit in full, or all of a clause: every step with its source row and the exact arithmetic.\nWithout a contract: the manual of a clause kind, or the list of kinds.',
    )
    .argument('[subject]', 'finding id such as uptime/2026-05, clause id such as uptime, or a clause kind')
    .argument('[contract]', 'contract file (YAML or JSON)')
    .argument('[evidence...]', 'evidence: files, directories, globs, - for stdin')
    .addOption(flag('--report <file>', 'a JSON report to take the finding from, in place of contract and evidence'))
    .addHelpText(
      'after',
      `
Exit codes: 0 explained, whatever the verdict, 2 usage or no such finding,
3 bad input.

Examples:
  $ sla explain availability
  $ sla explain uptime/2026-05 acme.yaml outages.csv --period 2026-05
  $ sla explain uptime/2026-05 --report report.json`,
    )
    .action(
      async (
        subject: string | undefined,
        contract: string | undefined,
        evidence: string[],
        options: ExplainOptions,
        command: Command,
      ) => {
        const { explain } = await import('./explain.ts')
        done(await explain(subject, contract, evidence, options, io, givenFlags(command)))
      },
    )

  addCompare(addReading(addCommon(program.command('compare'), Object.keys(compareFormats))))
    .summary('hold contracts against each other')
    .description(
      'Holds contracts against the first of them, or a baseline, promise by promise:\nwhich is stronger, a log that proves it, and what each permits at worst.',
    )
    .argument('<contract...>', 'contract files (YAML or JSON); the first is the base')
    .addHelpText(
      'after',
      `
Exit codes: 0 compared, 1 a relation listed in --fail-on exists, 2 usage,
3 bad input.

Examples:
  $ sla compare acme.yaml boreal.yaml --year 2026
  $ sla compare --baseline needs.yaml acme.yaml boreal.yaml -o matrix.html
  $ sla compare acme-2025.yaml acme-2026.yaml \\
      --fail-on weaker,incomparable,missing,not-decidable
  $ sla compare acme.yaml boreal.yaml --only availability,support/P1
  $ sla compare acme.yaml boreal.yaml --evidence evidence/ --period 2026-Q2
  $ sla compare acme.yaml boreal.yaml --align names.yaml --witness proofs

sla explain compare is the manual: relations, logs, worst cases, alignment.`,
    )
    .action(async (contracts: string[], options: CompareOptions) => {
      const { compare } = await import('./compare.ts')
      done(await compare(contracts, options, io))
    })

  addCommon(program.command('due'), ['pretty', 'json'])
    .summary('say when a support promise or a fix is due')
    .description(
      'Says when promises of a support or vulnerability clause are due and how that comes about,\ncounting as audit does: opening, hours day by day, holidays, pauses.',
    )
    .argument('<contract>', 'contract file (YAML or JSON)')
    .argument(
      '<promise>',
      'CLAUSE, CLAUSE/PRIORITY or CLAUSE/PRIORITY/PROMISE, such as tickets/P1/respond; CLAUSE/BAND, such as fixes/critical',
    )
    .addOption(flag('--from <instant>', 'when the clock starts: with offset, or a time in the zone of the contract'))
    .addOption(flag('--paused <from..to>', 'a pause, FROM.. for an open one; repeatable').argParser(listed))
    .addOption(flag('--at <instant>', 'also say how it stands then; open pauses last until then'))
    .addOption(flag('--zone <zone>', 'zone of the customer, where the calendar runs in it (customer-timezone)'))
    .addHelpText(
      'after',
      `
Exit codes: 0 said, 2 usage or no such promise, 3 bad contract.

Examples:
  $ sla due acme.yaml tickets --from 2026-05-22T17:30
  $ sla due acme.yaml tickets/P1/respond --from 2026-05-22T17:30:00+02:00
  $ sla due acme.yaml tickets/P2/resolve --from 2026-05-22T10:00 \\
      --paused 2026-05-22T15:00..2026-05-26T10:00
  $ sla due acme.yaml fixes/critical --from 2026-05-22T17:30`,
    )
    .action(async (contract: string, promise: string, options: DueOptions) => {
      const { due } = await import('./due.ts')
      done(await due(contract, promise, options, io))
    })

  addCommon(program.command('calendar'), ['pretty', 'json'])
    .summary('show the business hours of a contract')
    .description(
      'Shows a calendar date by date: hours, holidays by name, exceptions, clock changes, totals.\nLong periods show the usual week once and the dates that differ (-v: every date).\nWithout a calendar: the list of them.',
    )
    .argument('<contract>', 'contract file (YAML or JSON)')
    .argument('[calendar]', 'name of a calendar; without one, all of them are listed')
    .addOption(flag('--period <period>', '2026, 2026-Q2, 2026-05, DATE..DATE (last day included) or INSTANT..INSTANT'))
    .addHelpText(
      'after',
      `
Exit codes: 0 shown, 2 usage or no such calendar, 3 bad contract.

Examples:
  $ sla calendar acme.yaml
  $ sla calendar acme.yaml support --period 2026-05`,
    )
    .action(async (contract: string, name: string | undefined, options: CalendarOptions) => {
      const { calendar } = await import('./calendar.ts')
      done(await calendar(contract, name, options, io))
    })

  addCommon(program.command('formats'), ['pretty', 'json'])
    .summary('list the inputs recognised and the outputs written')
    .description(
      'Lists the evidence files that are recognised, by content, and the formats that reports are written in.',
    )
    .addHelpText('after', '\nExample:\n  $ sla formats -f json')
    .action(async (options: FormatsOptions) => {
      const { listFormats } = await import('./formats.ts')
      done(await listFormats(options, io))
    })

  program
    .command('init')
    .summary('write a contract, sample evidence and a CI recipe to start from')
    .description('Writes a contract, evidence to try it with, and a CI recipe; asks nothing.')
    .argument('[directory]', 'where to, made if it is not there', '.')
    .addOption(flag('--template <name>', 'what the contract promises; --list says which there are').default('saas'))
    .addOption(flag('--list', 'list the templates'))
    .addOption(flag('--force', 'write over files that are there'))
    .addHelpText('after', '\nExample:\n  $ sla init acme --template support')
    .action(async (directory: string, options: InitOptions) => {
      const { init } = await import('./init.ts')
      done(await init(directory, options, io))
    })

  program
    .command('schema')
    .summary('print a JSON Schema')
    .description('Prints the JSON Schema (draft-07) of contracts, waiver and alignment files, reports or comparisons.')
    .argument('[what]', 'contract, report, waivers, alignment or comparison', 'contract')
    .addHelpText('after', '\nExample:\n  $ sla schema waivers')
    .action(async (what: string) => {
      const { schema } = await import('./schema.ts')
      done(await schema(what, io))
    })

  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that completes commands, options, their values and files.')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples:
  $ eval "$(sla completion bash)"       in ~/.bashrc
  $ eval "$(sla completion zsh)"        in ~/.zshrc, after compinit
  $ sla completion fish | source        in config.fish`,
    )
    .action(async (shell: string) => {
      const { completion } = await import('./completion.ts')
      done(await completion(shell, program, io))
    })
  return program
}

function listed(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...value.split(',').map(item => item.trim())]
}
