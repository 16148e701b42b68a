import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, open } from './chromium.ts'
import { five, long, nine, writeComparison } from './comparisons.ts'

const folder = mkdtempSync(join(tmpdir(), 'sla-compared-'))
const DESKTOP = { viewport: { width: 1280, height: 900 } } as const
const PHONE = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true } as const
let browser: Browser
const files = new Map<string, string>()

beforeAll(async () => {
  browser = await launch()
  for (const one of [five, long, nine]) files.set(one.name, writeComparison(one, folder))
})

afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

async function looked<T>(name: string, options: BrowserContextOptions, look: (page: Page) => Promise<T>): Promise<T> {
  const { page } = await open(browser, files.get(name) ?? '', options)
  try {
    return await look(page)
  } finally {
    await page.context().close()
  }
}

describe('the matrix of a comparison', () => {
  test('keeps the names of five contracts in sight while it is scrolled', async () => {
    const seen = await looked(long.name, DESKTOP, async page => {
      await page.locator('.matrix tbody').last().locator('tr').last().scrollIntoViewIfNeeded()
      return page.$$eval('.matrix thead th', all =>
        all.map(one => {
          const { top, left } = one.getBoundingClientRect()
          return { top, text: one.textContent, own: document.elementFromPoint(left + 4, top + 4) === one }
        }),
      )
    })
    expect(seen.map(({ text }) => text)).toEqual([
      'Promise',
      ...[1, 2, 3, 4, 5].map(n => `provider-with-a-long-name-${n}`),
    ])
    for (const { top, own } of seen) {
      expect(Math.abs(top)).toBeLessThanOrEqual(1)
      expect(own).toBe(true)
    }
  })

  test.each([1280, 1000, 700, 360])('cuts no text off and lays none on another on %i px', async width => {
    const options = width === 360 ? PHONE : { viewport: { width, height: 800 } }
    for (const name of [five.name, long.name, nine.name]) {
      const found = await looked(name, options, page =>
        page.$$eval('.matrix tbody tr', rows =>
          rows.flatMap(row => {
            const cells = [...row.children].map(cell => ({ cell, box: cell.getBoundingClientRect() }))
            return cells.flatMap(({ cell, box }, i) => {
              const cut = cell.scrollWidth > Math.ceil(box.width) + 1
              const over = cells.slice(i + 1).some(({ box: other }) => {
                const x = Math.min(box.right, other.right) - Math.max(box.left, other.left)
                const y = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top)
                return x > 1 && y > 1
              })
              return cut || over ? [`${cut ? 'cut' : 'over'}: ${cell.textContent?.slice(0, 60)}`] : []
            })
          }),
        ),
      )
      expect(found, name).toEqual([])
    }
  })

  test('is read on a phone without scrolling sideways, each text below the name of its contract', async () => {
    const { names, wide } = await looked(five.name, PHONE, async page => ({
      names: await page.$$eval('.matrix td[data-of]', all =>
        all.map(one => [getComputedStyle(one, '::before').content, one.getAttribute('data-of')]),
      ),
      wide: await page.$$eval('.scroll:has(.matrix)', all =>
        all.flatMap(one => (one.scrollWidth > one.clientWidth ? [one.textContent?.slice(0, 40)] : [])),
      ),
    }))
    expect(names.length).toBeGreaterThan(50)
    for (const [shown, name] of names) expect(shown).toMatch(new RegExp(`attr\\(data-of\\)|"${name}"`))
    expect(wide).toEqual([])
  })

  test('tells on one line who alone promises something', async () => {
    const rows = await looked(five.name, DESKTOP, page =>
      page.$$eval('.matrix tr', all => all.map(row => (row as HTMLElement).innerText.replace(/\s+/g, ' '))),
    )
    expect(rows).toContain('loss (RPO) robaws · RPO ≤ 5min by incident · + added')
  })

  test('leads to the logs with the keyboard alone, and their records unfold', async () => {
    const seen = await looked(five.name, DESKTOP, async page => {
      const first = page.locator('.matrix a[href^="#log-"]').first()
      const href = await first.getAttribute('href')
      await first.focus()
      await page.keyboard.press('Enter')
      const top = await page.locator(href ?? '').evaluate(one => one.getBoundingClientRect().top)
      await page.locator(`${href} summary`).focus()
      await page.keyboard.press('Enter')
      return { top, open: await page.locator(`${href} details`).evaluate(one => (one as HTMLDetailsElement).open) }
    })
    expect(seen.top).toBeGreaterThanOrEqual(0)
    expect(seen.top).toBeLessThan(900)
    expect(seen.open).toBe(true)
  })

  test('is printed in columns of one width', async () => {
    const widths = await looked(long.name, { viewport: { width: 680, height: 960 } }, async page => {
      await page.emulateMedia({ media: 'print' })
      return page.$$eval('.matrix thead th', all => all.map(one => one.getBoundingClientRect().width))
    })
    expect(widths).toHaveLength(6)
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1)
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(680)
  })
})
