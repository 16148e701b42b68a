import { expect, it } from 'vitest'
import { HOUR } from '../support/instants.ts'
import { FOUNDING, foundingEnvelope } from './founding.ts'
import { expectedEnvelope } from './founding-worst.ts'

const envelope = foundingEnvelope()

it('permits in 2026 what was worked out by hand, and nothing else', async () => {
  const got = (await envelope).flatMap(({ key, values }) =>
    values.flatMap(({ ms, text }, at) => (text === 'not promised' ? [] : [[`${FOUNDING[at]} ${key}`, ms ?? null]])),
  )
  const byHand = expectedEnvelope.map(({ contract, key, hours, under }) => [
    `${contract} ${key}`,
    hours === null ? null : Math.round(hours * HOUR) - (under ? 1 : 0),
  ])
  expect(Object.fromEntries(got)).toEqual(Object.fromEntries(byHand))
})

it('calls nothing the best beside which exclusions permit more, and no aim', async () => {
  const best = (await envelope).flatMap(({ key, values }) =>
    values.flatMap((value, at) => (value.best ? [{ key, contract: FOUNDING[at], value }] : [])),
  )
  for (const { key, contract, value } of best) {
    expect([key, contract, value.notes.filter(note => note.startsWith('an objective only'))]).toEqual([
      key,
      contract,
      [],
    ])
  }
  const contracts = (of: string): readonly string[] =>
    best.filter(({ key }) => key === of).map(({ contract }) => String(contract))
  // Less downtime than Stafiz is permitted by two, beside what their exclusions add.
  expect([contracts('downtime/year'), contracts('downtime/month')]).toEqual([[], []])
  // 24 hours ahead of all work against 48 ahead of some.
  expect(contracts('maintenance/notice')).toEqual([])
  // 26 hours against 49, and an aim of 49.
  expect(contracts('backup/database/longest-gap')).toEqual(['timetonic'])
})
