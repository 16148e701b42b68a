import { writeFileSync } from 'node:fs'

writeFileSync('outages.csv', '')
