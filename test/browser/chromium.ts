import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** A page as it was opened, and what it asked for or complained about on the way. */
export interface Opened {
  readonly page: Page
  /** Everything it tried to load but itself. */
  readonly requests: readonly string[]
  /** Messages on the console and errors of the page. */
  readonly complaints: readonly string[]
}

/** The browser of the machine; another one than the usual is named by `SLA_CHROMIUM`. */
export async function launch(): Promise<Browser> {
  const executablePath = [process.env.SLA_CHROMIUM ?? '', ...USUAL].find(path => path !== '' && existsSync(path))
  if (executablePath === undefined) throw new Error('no browser: apt-get install chromium, or set SLA_CHROMIUM')
  // Containers have no user namespaces for its sandbox; the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

/** Opens a file with every request but the one for it refused and noted. */
export async function open(browser: Browser, file: string, options: BrowserContextOptions): Promise<Opened> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const { href } = pathToFileURL(file)
  const [requests, complaints]: [string[], string[]] = [[], []]
  await page.route('**/*', route => {
    const url = route.request().url()
    if (url === href) return route.continue()
    requests.push(url)
    return route.abort()
  })
  page.on('console', message => void complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => void complaints.push(String(error)))
  await page.goto(href, { waitUntil: 'load' })
  return { page, requests, complaints }
}

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
