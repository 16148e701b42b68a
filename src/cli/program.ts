import { Command } from 'commander'
import type { CalendarOptions } from './calendar.ts'
import type { DueOptions } from './due.ts'
import type { ExplainOptions } from './explain.ts'
import type { InspectOptions } from './inspect.ts'
import type { Io } from './io.ts'
import {
  type AuditOptions,
  addCommon,
  addEvidence,
  addReading,
  addVerdict,
  applyEnvironment,
  flag,
  strictFlag,
} from './options.ts'
import type { ValidateOptions } from './validate.ts'

/** All commands with their options; each loads its own code when it runs and hands its exit code to `done`. */
export function buildProgram(io: Io, done: (code: number) => void): Command {
  const program = new Command('sla')
    .description('Settles whether a service-level agreement was kept.')
    .version(io.version(), '-V, --version')
    .exitOverride()
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

Example:
  $ sla audit acme.yaml outages.csv maintenance.csv --period 2026-05`,
    )

  addVerdict(addEvidence(addCommon(program.command('audit'), ['pretty', 'json'])))
    .summary('judge every clause of a contract by evidence')
    .description('Judges every clause of a contract by evidence and reports what was kept, broken or not decided.')
    .argument('<contract>', 'contract file (YAML or JSON)')
    .argument('[evidence...]', 'evidence: files, directories, globs, - for stdin')
    .addHelpText(
      'after',
      `
Examples:
  $ sla audit acme.yaml outages.csv maintenance.csv --period 2026-05
  $ sla audit acme.yaml evidence/ --period 2026-Q2 --fail-on breached,unverified
  $ sla audit acme.yaml evidence/ -q -o report.json -o report.txt`,
    )
    .action(async (contract: string, evidence: string[], options: AuditOptions) => {
      const { audit } = await import('./audit.ts')
      done(await audit(contract, evidence, options, io))
    })

  addCommon(program.command('validate'), ['pretty', 'json'])
    .summary('check contracts')
    .description('Checks contracts: every error at once, with file, line and what to try.')
    .argument('<contract...>', 'contract files (YAML or JSON)')
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

  addEvidence(addCommon(program.command('explain'), ['pretty', 'json']))
    .summary('one finding in full, or the manual of a clause kind')
    .description(
      'Explains one finding of an audit in full, or all of a clause: every step with its source row and the exact arithmetic.\nWithout a contract: the manual of a clause kind, or the list of kinds.',
    )
    .argument('[subject]', 'finding id such as uptime/2026-05, clause id such as uptime, or a clause kind')
    .argument('[contract]', 'contract file (YAML or JSON)')
    .argument('[evidence...]', 'evidence: files, directories, globs, - for stdin')
    .addHelpText(
      'after',
      `
Exit codes: 0 explained, whatever the verdict, 2 usage or no such finding, 3 bad input.

Examples:
  $ sla explain availability
  $ sla explain uptime/2026-05 acme.yaml outages.csv --period 2026-05`,
    )
    .action(
      async (
        subject: string | undefined,
        contract: string | undefined,
        evidence: string[],
        options: ExplainOptions,
      ) => {
        const { explain } = await import('./explain.ts')
        done(await explain(subject, contract, evidence, options, io))
      },
    )

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
  $ sla due acme.yaml tickets/P2/resolve --from 2026-05-22T10:00 --paused 2026-05-22T15:00..2026-05-26T10:00
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
  return program
}

function listed(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...value.split(',').map(item => item.trim())]
}
