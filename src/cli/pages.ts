import { type Colours, type Page, plain } from '../report/view.ts'
import type { Io, Sink } from './io.ts'

export interface PageOptions {
  readonly color?: boolean
  readonly width?: number
}

/** The page that a stream offers: its width, whether it takes colour, whether it shows more than ASCII. */
export async function pageFor(stream: Sink, io: Io, options: PageOptions): Promise<Page> {
  const coloured = wantsColour(stream.isTTY, io.env, options.color)
  return {
    width: options.width ?? (stream.isTTY ? Math.max(60, Math.min(stream.columns ?? 80, 120)) : 100),
    colour: coloured ? await colours() : plain,
    ascii: isAscii(io.env),
  }
}

/** The page of a file: never coloured, as wide as asked for. */
export function filePage(options: PageOptions): Page {
  return { width: options.width ?? 100, colour: plain, ascii: false }
}

/** `--color` and `--no-color` decide; then FORCE_COLOR, NO_COLOR (no-color.org), TERM=dumb, and whether it is a terminal. */
export function wantsColour(isTTY: boolean, env: Io['env'], flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag
  const forced = env.FORCE_COLOR
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.TERM === 'dumb') return false
  return isTTY
}

/** Whether the locale says so: the first of LC_ALL, LC_CTYPE, LANG that is set, without UTF-8. Unset says nothing. */
export function isAscii(env: Io['env']): boolean {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(value => value !== undefined && value !== '')
  return locale !== undefined && !/utf-?8/i.test(locale)
}

async function colours(): Promise<Colours> {
  const { Chalk } = await import('chalk')
  return new Chalk({ level: 1 })
}
