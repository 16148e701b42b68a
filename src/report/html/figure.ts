import type { Chart } from './chart.ts'
import { escaped } from './escape.ts'
import { tableOf } from './tags.ts'

/** A drawing with its title, and its figures in a table that can be opened, unless they are told beside it. */
export function figureOf({ title, description, svg, head, rows }: Chart, told = false): string {
  const figures =
    rows.length === 0 || told
      ? ''
      : `<details><summary>The figures of this chart</summary>${tableOf(
          escaped(title),
          head.map(text => ({ text })),
          rows.map(row => row.map(escaped)),
          'plain',
        )}</details>`
  const caption = `<figcaption><b>${escaped(title)}</b> <span>${escaped(description)}</span></figcaption>`
  return `<figure class="chart">${caption}\n${svg}\n${figures}</figure>\n`
}
