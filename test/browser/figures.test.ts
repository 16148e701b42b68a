import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import type { ClauseReport } from '../../src/model/report.ts'
import { launch, open } from './chromium.ts'
import { examples, quiet, type Written, write } from './pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'sla-figures-'))
let browser: Browser

beforeAll(async () => {
  browser = await launch()
})

afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A drawing as the page shows it: its caption, its table, and where its texts are. */
interface Figure {
  readonly caption: string
  readonly rows: readonly (readonly string[])[]
  /** Texts that leave the drawing, are too small, or lie on one another. */
  readonly outside: readonly string[]
  readonly small: number
  readonly overlaps: readonly string[]
  readonly title: string
  readonly named: boolean
}

describe.each([...examples, quiet])('$name', audit => {
  let page: Page
  let made: Written
  let text = ''

  beforeAll(async () => {
    made = write(audit, folder)
    const opened = await open(browser, made.file, { viewport: { width: 360, height: 780 } })
    page = opened.page
    await page.$$eval('details', all => {
      for (const one of all) one.open = true
    })
    text = (await page.evaluate(() => document.body.innerText)).replace(/\s+/g, ' ')
  })

  afterAll(async () => page.context().close())

  test('says the status of the contract and of each clause as the report has it', async () => {
    const rows = await page.$$eval('table.clauses tbody tr', all => all.map(row => (row as HTMLElement).innerText))
    expect(rows).toHaveLength(made.report.clauses.length)
    for (const { id, promise, status, binding, atRisk } of made.report.clauses) {
      const row = rows.find(one => one.startsWith(id))?.replace(/\s+/g, ' ') ?? ''
      expect(row, id).toContain(wordOf(status, binding, atRisk))
      if (binding !== 'observed') expect(row).toContain(promise.replace(/\s+/g, ' '))
    }
    for (const { sha256, file } of [...made.report.inputs, made.report.contract]) {
      expect(text).toContain(sha256)
      expect(text).toContain(file.split('/').at(-1))
    }
  })

  test('names every breach, unverified or pending finding of the report', () => {
    for (const { findings } of made.report.clauses) {
      for (const { id, status } of findings) {
        if (status === 'breached' || status === 'unverified' || status === 'pending') expect(text).toContain(id)
      }
    }
  })

  test('strips and burn-downs add up to what the report says', async () => {
    for (const clause of made.report.clauses) {
      if (clause.kind !== 'availability') continue
      const list = [...clause.findings]
      if (!list.every(({ details }) => typeof details?.down_ms === 'number')) continue
      const figures = await figuresOf(page, clause)
      const sums = new Map<string, readonly number[]>()
      for (const { subject, details } of list) {
        const [down = 0, excluded = 0, unknown = 0] = sums.get(subject) ?? []
        const open = number(details?.unknown_ms) + number(details?.uncertain_ms)
        sums.set(subject, [down + number(details?.down_ms), excluded + number(details?.excluded_ms), unknown + open])
      }
      for (const [subject, sum] of sums) {
        const strip = figures.find(({ caption }) => caption.startsWith(`${subject || clause.id}: uptime`))
        expect(strip?.rows.at(-1)?.slice(1).map(milliseconds), `${clause.id} ${subject}`).toEqual(sum)
        const days = strip?.rows.slice(0, -1) ?? []
        for (const column of [1, 2, 3]) {
          expect(days.reduce((all, row) => all + milliseconds(row[column] ?? ''), 0)).toBe(sum[column - 1])
        }
      }
      const windows = list.filter(used)
      const burns = figures.filter(({ caption }) => /allowance left/.test(caption))
      const told = burns.map(({ rows }) => rows.at(-1)?.slice(1).map(milliseconds).join())
      const all = windows.map(({ details }) => {
        const [down, allowance] = [number(details?.down_ms), number(details?.allowance_ms)]
        return [down, down, allowance - down].join()
      })
      expect(told).toHaveLength(Math.min(12, all.length))
      for (const one of told) expect(all).toContain(one)
      const worst = windows.findIndex(({ status }) => status === 'breached')
      if (worst >= 0) expect(Number(told[0]?.split(',')[2])).toBeLessThan(0)
    }
  })

  test('late tickets are those that the report calls breached', async () => {
    for (const clause of made.report.clauses) {
      if (clause.kind !== 'support') continue
      const timed = [...clause.findings].filter(
        ({ promised, observed, status }) =>
          promised.unit === 'ms' && observed.unit === 'ms' && status !== 'not-applicable',
      )
      if (timed.length === 0) continue
      const late = timed.filter(({ status }) => status === 'breached').length
      const [chart] = (await figuresOf(page, clause)).filter(({ caption }) => /allowance used/.test(caption))
      expect(chart?.caption).toContain(`${timed.length} with an allowance of time`)
      expect(chart?.caption).toContain(late === 0 ? '' : `${late} late`)
    }
  })

  test('texts of drawings can be read on a phone, and none is cut or covered', async () => {
    let drawings = 0
    for (const clause of made.report.clauses) {
      for (const { caption, outside, small, overlaps, title, named } of await figuresOf(page, clause)) {
        drawings++
        expect(caption).toContain(title.replace(/\s+/g, ' '))
        expect(named).toBe(true)
        expect(outside, caption).toEqual([])
        expect(overlaps, caption).toEqual([])
        expect(small, caption).toBeGreaterThanOrEqual(11)
      }
    }
    expect(drawings).toBeGreaterThan(0)
  })
})

/** Judged, and something of its allowance used. */
function used({ details, status }: Finding): boolean {
  return status !== 'not-applicable' && number(details?.down_ms) > 0
}

async function figuresOf(page: Page, { id }: ClauseReport): Promise<readonly Figure[]> {
  return page.$$eval(`[id="c-${id}"] figure`, all =>
    all.map(figure => {
      const svg = figure.querySelector('svg')
      const plain = (node: Element | null): string =>
        ((node as HTMLElement | null)?.innerText ?? '').replace(/\s+/g, ' ')
      const frame = svg?.getBoundingClientRect() ?? new DOMRect()
      const texts = [...(svg?.querySelectorAll('text') ?? [])].map(one => ({
        text: one.textContent ?? '',
        box: one.getBoundingClientRect(),
        size: Number.parseFloat(getComputedStyle(one).fontSize),
      }))
      // Some are for wide pages only.
      const shown = texts.filter(({ box }) => box.width > 0)
      const inside = ({ left, right, top, bottom }: DOMRect): boolean =>
        left >= frame.left - 1 && right <= frame.right + 1 && top >= frame.top - 1 && bottom <= frame.bottom + 1
      const overlap = (a: DOMRect, b: DOMRect): boolean =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
      const labels = (svg?.getAttribute('aria-labelledby') ?? '').split(' ').map(name => document.getElementById(name))
      return {
        caption: plain(figure.querySelector('figcaption')),
        rows: [...figure.querySelectorAll('tbody tr')].map(row => [...row.children].map(plain)),
        outside: shown.filter(({ box }) => !inside(box)).map(({ text }) => text),
        small: Math.min(...shown.map(({ size }) => size)),
        overlaps: shown.flatMap((a, i) =>
          shown.slice(i + 1).flatMap(b => (overlap(a.box, b.box) ? [`${a.text} / ${b.text}`] : [])),
        ),
        title: labels[0]?.textContent ?? '',
        named: labels.length === 2 && labels.every(label => (label?.textContent ?? '') !== ''),
      }
    }),
  )
}

function number(value: string | number | undefined): number {
  return typeof value === 'number' ? value : 0
}

/** `1d 2h 3m 4.5s`, as the page writes it, back in milliseconds. */
function milliseconds(text: string): number {
  const sizes: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([dhms])/g)]
  if (parts.length === 0) throw new Error(`no time: ${text}`)
  const size = parts.reduce((sum, [, count = '', unit = '']) => sum + Number(count) * (sizes[unit] ?? Number.NaN), 0)
  return Math.round(text.startsWith('-') ? -size : size)
}

function wordOf(status: string, binding: string, atRisk: number): string {
  if (binding === 'observed') return 'observed'
  return (status === 'met' || status === 'pending') && atRisk > 0 ? 'at risk' : status.replace('-', ' ')
}
