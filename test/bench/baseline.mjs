// The obvious way to read logs: csv-parse as a stream, Date.parse per stamp, nothing judged.
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'

let rows = 0
let last = 0
for (const file of process.argv.slice(2)) {
  const parser = createReadStream(file).pipe(parse())
  parser.on('data', cells => {
    for (const cell of cells) if (cell.length === 24 && cell[10] === 'T') last = Math.max(last, Date.parse(cell) || 0)
    rows++
  })
  await new Promise(resolve => parser.on('end', resolve))
}
console.log(rows, last)
