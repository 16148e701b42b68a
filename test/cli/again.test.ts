import { expect, it } from 'vitest'
import { againArguments } from '../../src/cli/again.ts'

it('repeats what decides an audit, quoted for a shell', () => {
  const options = {
    onBadRow: 'skip',
    risk: 90,
    period: '2026-05',
    tz: 'Europe/Paris',
    takenAt: ['2026-05-01T06:00:00Z', 'npm *.json=2026-05-02T06:00:00Z'],
    assumeComplete: ['outage', 'check'],
    waivers: 'w.yaml',
    ignoreTerm: true,
    baseline: 'last month.json',
  } as const
  expect(againArguments('acme.yaml', ['my log.csv', "it's.csv"], options).join(' ')).toBe(
    "acme.yaml 'my log.csv' 'it'\\''s.csv' --period 2026-05 --ignore-term --tz Europe/Paris --taken-at 2026-05-01T06:00:00Z --taken-at 'npm *.json=2026-05-02T06:00:00Z' --assume-complete outage,check --on-bad-row skip --waivers w.yaml --baseline 'last month.json'",
  )
})
