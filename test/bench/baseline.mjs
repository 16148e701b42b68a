// The obvious way to read a probe log: csv-parse as a stream, Date.parse per row, nothing judged.
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'

let rows = 0
let down = 0
let last = 0
const parser = createReadStream(process.argv[2]).pipe(parse())
parser.on('data', ([time, , status]) => {
  last = Math.max(last, Date.parse(time) || 0)
  if (status === 'down') down++
  rows++
})
parser.on('end', () => console.log(rows, down, last))
