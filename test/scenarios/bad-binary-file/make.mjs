import { writeFileSync } from 'node:fs'

writeFileSync('outages.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]))
writeFileSync('utf16.csv', Buffer.from('\ufeffstart,end\n', 'utf16le'))
