import { expect, it } from 'vitest'
import { againArguments } from '../../src/cli/again.ts'

it('repeats what decides an audit, quoted for a shell', () => {
  const options = {
    onBadRow: 'skip',
    risk: 90,
    period: '2026-05',
    tz: 'Europe/Paris',
    assumeComplete: ['outage', 'check'],
  } as const
  expect(againArguments('acme.yaml', ['my log.csv', "it's.csv"], options).join(' ')).toBe(
    "acme.yaml 'my log.csv' 'it'\\''s.csv' --period 2026-05 --tz Europe/Paris --assume-complete outage,check --on-bad-row skip",
  )
})
