import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, open } from './chromium.ts'
import { comparisons, writeComparison } from './comparisons.ts'
import { examples, hostile, many, quiet, type Written, write } from './pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'sla-pages-'))
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const DESKTOP = { viewport: { width: 1280, height: 900 } } as const
const PHONE = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true } as const
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

let browser: Browser
const written = new Map<string, Written>()
const compared = new Map<string, string>()

beforeAll(async () => {
  browser = await launch()
})

afterAll(async () => {
  await browser.close()
  if (process.env.SLA_KEEP_PAGES === undefined) rmSync(folder, { recursive: true, force: true })
  else process.stdout.write(`pages and pictures are in ${folder}\n`)
})

/** Opens the page of an audit, and fails where it loaded or complained about anything. */
async function opened<T>(name: string, options: BrowserContextOptions, look: (page: Page) => Promise<T>): Promise<T> {
  const file = fileOf(name)
  const { page, requests, complaints } = await open(browser, file, options)
  try {
    const seen = await look(page)
    expect(requests).toEqual([])
    expect(complaints).toEqual([])
    return seen
  } finally {
    await page.context().close()
  }
}

function fileOf(name: string): string {
  const comparison = comparisons.find(one => one.name === name)
  if (comparison === undefined) return pageOf(name).file
  const file = compared.get(name) ?? writeComparison(comparison, folder)
  compared.set(name, file)
  return file
}

function pageOf(name: string): Written {
  const audit = [...examples, quiet, hostile, many].find(one => one.name === name)
  if (audit === undefined) throw new Error(name)
  const known = written.get(name) ?? write(audit, folder)
  written.set(name, known)
  return known
}

const names = [...examples, quiet, hostile, many, ...comparisons].map(({ name }) => name)

describe.each(names)('%s', name => {
  test('loads nothing, complains about nothing, and its policy allows nothing', async () => {
    const policy = await opened(name, DESKTOP, page =>
      page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content'),
    )
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/script-src|https?:|\*/)
    const scripts = await opened(name, DESKTOP, page =>
      page.locator('script,iframe,object,embed,img,link,base').count(),
    )
    expect(scripts).toBe(0)
  })

  test('no event handler and no element that came from the evidence', async () => {
    const handlers = await opened(name, DESKTOP, page =>
      page.$$eval('*', all =>
        all.flatMap(one => [...one.attributes].map(a => a.name).filter(n => n.startsWith('on') || n === 'src')),
      ),
    )
    expect(handlers).toEqual([])
  })

  test.each([
    ['desktop', 'light'],
    ['desktop', 'dark'],
    ['phone', 'light'],
    ['phone', 'dark'],
  ] as const)('fits a %s in %s', async (size, colorScheme) => {
    const options = size === 'phone' ? PHONE : DESKTOP
    const { overflow, background } = await opened(name, { ...options, colorScheme }, async page => {
      const first = page.locator('.clause svg').first()
      if ((await first.count()) > 0) await first.scrollIntoViewIfNeeded()
      const picture = await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) })
      expect(picture.subarray(0, 4)).toEqual(PNG)
      expect(picture.length).toBeGreaterThan(10_000)
      return page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return { overflow: scrollWidth - clientWidth, background: getComputedStyle(document.body).backgroundColor }
      })
    })
    expect(overflow).toBeLessThanOrEqual(0)
    const [red = 0] = (background.match(/\d+/g) ?? []).map(Number)
    if (colorScheme === 'dark') expect(red).toBeLessThan(80)
    else expect(red).toBeGreaterThan(200)
  })

  test('prints, with what is folded on the screen', async () => {
    const { hidden, pdf } = await opened(name, DESKTOP, async page => {
      const bytes = await page.pdf({ path: join(folder, `${name}.pdf`), preferCSSPageSize: true })
      await page.emulateMedia({ media: 'print' })
      const folded = await page.$$eval(
        // A timeline that is drawn stands below its drawing as a table already.
        'details:not(.finding .chart details)',
        all =>
          all.filter(one =>
            [...one.children].some(c => c.tagName !== 'SUMMARY' && c.getBoundingClientRect().height === 0),
          ).length,
      )
      return { hidden: folded, pdf: bytes }
    })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length).toBeGreaterThan(0)
    expect(hidden).toBe(0)
  })

  test.each(['light', 'dark'] as const)('axe finds nothing in %s', async colorScheme => {
    const found = await opened(name, { ...DESKTOP, colorScheme, bypassCSP: true }, async page => {
      await page.addScriptTag({ content: axeSource })
      return page.evaluate(async big => {
        const { axe } = window as unknown as { axe: { run: (root: unknown, options: unknown) => Promise<AxeResult> } }
        // 20,000 rows take minutes of it: there what comes before them is looked at.
        const root = big
          ? { include: [['header'], ['nav'], ['.verdict'], ['.identity'], ['.clauses'], ['figure'], ['article']] }
          : document
        const { violations } = await axe.run(root, { resultTypes: ['violations'] })
        return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 200)}`)
      }, name === 'many')
    })
    expect(found).toEqual([])
  })

  test('the keyboard reaches the verdict, and every link has its target', async () => {
    const seen = await opened(name, DESKTOP, async page => {
      await page.keyboard.press('Tab')
      const skip = await page.evaluate(() => {
        const { left, top, width } = document.activeElement?.getBoundingClientRect() ?? new DOMRect(-1, -1, 0, 0)
        const shown = left >= 0 && top >= 0 && width > 0
        return { href: document.activeElement?.getAttribute('href'), shown }
      })
      await page.keyboard.press('Enter')
      const target = await page.evaluate(() => `#${document.activeElement?.id}`)
      const links = await page.$$eval('a[href^="#"]', all =>
        all
          .map(a => a.getAttribute('href') ?? '')
          .filter(href => document.getElementById(decodeURIComponent(href.slice(1))) === null),
      )
      const ids = await page.$$eval('[id]', all => all.map(({ id }) => id))
      return { skip, target, links, ids: ids.length - new Set(ids).size }
    })
    expect(seen.skip).toEqual({ href: '#main', shown: true })
    expect(seen).toMatchObject({ target: '#main', links: [], ids: 0 })
  })
})

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly help: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

test('a page of 20,000 findings stays under 5 MB and tells how many it does not detail', () => {
  const { html, report } = pageOf('many')
  const findings = report.clauses.reduce((sum, { findings }) => sum + findings.length, 0)
  expect(findings).toBe(20_000)
  expect(Buffer.byteLength(html)).toBeLessThan(5 * 1024 * 1024)
  expect((html.match(/<article class="finding/g) ?? []).length).toBe(200)
})

test('no name of the evidence gets out of its text', async () => {
  const seen = await opened('hostile', DESKTOP, page => page.evaluate(() => document.body.innerText))
  expect(seen).toContain('</script><img src=x onerror=alert(1)>"\'&<svg onload=alert(2)>]]>\\u202e\\x1b[31m')
  for (const sign of ['\u202e', '\u001b']) expect(seen).not.toContain(sign)
})
