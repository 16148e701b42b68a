import { writeFileSync } from 'node:fs'

writeFileSync(
  'outages.csv',
  `start,end,cause\n2026-06-17T10:00:00+02:00,2026-06-17T12:00:00+02:00,${'x'.repeat(2_000_000)}\n`,
)
writeFileSync(
  'quoted.csv',
  `start,end,cause\n2026-06-17T10:00:00+02:00,2026-06-17T12:00:00+02:00,"${'x\n'.repeat(1_000_000)}"\n`,
)
