import * as z from 'zod'
import { isProblem } from '../../contract/piece.ts'
import { nameOf, oneOf, wholeNumber } from '../../contract/values.ts'
import { alsoBesideErrors, isUnspelt } from '../../contract/whole-map.ts'
import { components, outcomes } from '../components.ts'
import { agesOf } from './ages.ts'
import { ages, amount, bare, countriesTwice, country, isAmount, oneKey, timeOfDay, tolerance } from './values.ts'

const UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const
const unit = oneOf(UNITS)
const anchor = oneOf(['start', 'completion'])

const schedule = z
  .strictObject(
    {
      every: amount.optional().meta({ description: 'The longest time from one backup to the next' }),
      per: unit.optional().meta({ description: 'One backup in each local day, ISO week, month …' }),
      'daily-at': timeOfDay.optional().meta({ description: 'One backup a day at this local time' }),
      tolerance: tolerance.optional().meta({ description: 'How much later still counts' }),
      early: tolerance.optional().meta({ description: 'How much earlier than daily-at still counts' }),
      anchor: anchor.optional().meta({ description: 'Whether starts or completions are counted' }),
    },
    { error: bare(text => (isAmount(text) ? `schedule: { every: ${text} }` : undefined)) },
  )
  .superRefine((map, context) => {
    oneKey(map, ['every', 'per', 'daily-at'], context)
    if ('early' in map && !('daily-at' in map) && !isUnspelt(context.issues, ['daily-at'])) {
      const message = '`early` goes with `daily-at` only'
      context.addIssue({ code: 'custom', path: ['early'], message, input: map, params: { at: 'key' } })
    }
  }, alsoBesideErrors)
  .meta({
    description: 'How often backups are made',
    examples: [{ every: '24h', tolerance: '1h' }, { per: 'day' }, { 'daily-at': '04:00', tolerance: '2h' }],
  })

const keep = z
  .strictObject(
    {
      for: amount.optional().meta({ description: 'How long each backup is kept' }),
      copies: wholeNumber(1, 1_000_000)
        .optional()
        .meta({ description: 'Each backup is kept until so many later ones are made' }),
      'recovery-window': amount.optional().meta({ description: 'Any point in this last stretch can be recovered' }),
      from: anchor.optional().meta({ description: 'What `for` is counted from' }),
      tolerance: tolerance.optional().meta({ description: 'How much less still counts' }),
      at: nameOf('a location', ['vault', 'off-site']).optional().meta({ description: 'Where it is kept' }),
    },
    { error: bare(text => (isAmount(text) ? `keep: { for: ${text} }` : undefined)) },
  )
  .superRefine((map, context) => {
    oneKey(map, ['for', 'copies', 'recovery-window'], context)
    if ('from' in map && !('for' in map) && !isUnspelt(context.issues, ['for'])) {
      const message = '`from` goes with `for` only'
      context.addIssue({ code: 'custom', path: ['from'], message, input: map, params: { at: 'key' } })
    }
  }, alsoBesideErrors)
  .meta({
    description: 'How long each backup is kept',
    examples: [{ for: '30 days' }, { copies: 30 }, { 'recovery-window': '7 days' }],
  })

const tier = z
  .strictObject({
    per: unit,
    keep: wholeNumber(1, 10_000).meta({ description: 'For how many of these units' }),
    basis: oneOf(['age', 'unit'])
      .optional()
      .meta({ description: 'Counted from the backup itself, or by units of which its own is one' }),
    tolerance: tolerance.optional(),
  })
  .meta({ examples: [{ per: 'month', keep: 12, basis: 'age' }] })

const tiers = z
  .union([tier.transform(one => [one]), z.array(tier).min(1, { error: 'the list of tiers is empty' })])
  .superRefine((list, context) => {
    for (const [at, { per }] of list.entries()) {
      if (list.findIndex(other => other.per === per) === at) continue
      context.addIssue({ code: 'custom', path: [at, 'per'], message: `there is a tier of each ${per} already` })
    }
  })
  .meta({
    description: 'One backup of each unit is kept longer',
    examples: [[{ per: 'month', keep: 12, basis: 'age' }]],
  })

const points = z
  .strictObject(
    {
      ages,
      slack: wholeNumber(0, 10_000).optional().meta({ description: 'How many days older the backup may be' }),
      grace: tolerance.optional().meta({ description: 'How long after midnight one may still be missing' }),
    },
    {
      error: bare((text, input) =>
        Array.isArray(input)
          ? `recovery-points: { ages: [${input.join(', ')}] }`
          : isProblem(agesOf(text))
            ? undefined
            : `recovery-points: { ages: ${JSON.stringify(text)} }`,
      ),
    },
  )
  .meta({
    description: 'On each local day backups of these ages are there',
    examples: [{ ages: '1-29' }, { ages: [1, 2, 3, 7, 14], slack: 6, grace: '2h' }],
  })

const maxAge = z
  .union([
    amount.transform(text => ({ for: text, tolerance: undefined })),
    z.strictObject({ for: amount, tolerance: tolerance.optional() }),
  ])
  .meta({ description: 'No backup is older than this', examples: ['3 months', { for: '90 days', tolerance: '24h' }] })

const copies = z
  .strictObject({
    'at-least': wholeNumber(1, 1000).optional().meta({ description: 'How many other places' }),
    differs: oneOf(['provider', 'region', 'location']).meta({ description: 'What tells another place from the first' }),
    'made-within': amount.optional().meta({ description: 'How long after the completion the copy is there' }),
    keep: amount.optional().meta({ description: 'How long after the start the copy is kept' }),
  })
  .meta({
    description: 'Copies of each backup in other places',
    examples: [{ 'at-least': 1, differs: 'provider', 'made-within': '24h', keep: '28 days' }],
  })

const residency = z
  .union([country.transform(word => [word]), z.array(country).min(1, { error: 'the list of countries is empty' })])
  .superRefine(countriesTwice)
  .meta({
    description: 'Countries where backups may be: ISO codes, EU, EEA or Europe',
    examples: [['FR'], ['EU', 'CH']],
  })

/** The own fields of a backup clause. Absent fields take the defaults written in the manual. */
export const backupSchema = z
  .strictObject({
    of: components.optional().meta({
      description: 'What is backed up; without it all backups are one series',
      examples: [['database', 'files']],
    }),
    accept: outcomes
      .optional()
      .meta({ description: 'Which outcomes count as a backup made', examples: [['success', 'warning']] }),
    only: oneOf(['full', 'incremental', 'any']).optional().meta({ description: 'Which kind of backups counts' }),
    schedule: schedule.optional(),
    keep: keep.optional(),
    tiers: tiers.optional(),
    'recovery-points': points.optional(),
    'max-age': maxAge.optional(),
    copies: copies.optional(),
    residency: residency.optional(),
  })
  .superRefine((body, context) => {
    if (PROMISES.some(word => word in body) || isUnspelt(context.issues, PROMISES)) return
    context.addIssue({
      code: 'custom',
      message: `expected at least one of ${PROMISES.join(', ')}`,
      input: body,
      params: { at: 'key' },
    })
  }, alsoBesideErrors)

export type BackupBody = z.output<typeof backupSchema>

/** The fields that promise something. */
export const PROMISES = ['schedule', 'keep', 'tiers', 'recovery-points', 'max-age', 'copies', 'residency'] as const
