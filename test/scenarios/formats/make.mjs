import { mkdirSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const start = '2026-06-17T10:00:00+02:00'
const end = '2026-06-17T12:00:00+02:00'
const csv = `start,end\n${start},${end}\n`

mkdirSync('logs/deeper', { recursive: true })
writeFileSync('outages-semicolon.csv', `start;end\n${start};${end}\n`)
writeFileSync('outages-tab.tsv', `start\tend\n${start}\t${end}\n`)
writeFileSync('outages-bom.csv', `\ufeff${csv}`)
writeFileSync('outages-crlf.csv', csv.replaceAll('\n', '\r\n'))
writeFileSync('outages-array.json', `${JSON.stringify([{ start, end }])}\n`)
writeFileSync('outages-records.json', `${JSON.stringify({ records: [{ start, end }] })}\n`)
writeFileSync('outages-lines.ndjson', `${JSON.stringify({ start, end })}\n`)
writeFileSync('outages-packed.csv.gz', gzipSync(csv, { level: 0 }))
writeFileSync('plain.csv', csv)
writeFileSync('logs/deeper/outages.csv', csv)
writeFileSync('logs/notes.md', 'not evidence\n')
