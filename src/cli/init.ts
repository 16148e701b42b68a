import { dirname, join } from 'node:path'
import { nearest } from '../model/nearest.ts'
import { table } from '../report/layout.ts'
import { clean } from '../report/printable.ts'
import { commandLines, shellWord } from '../report/shell.ts'
import type { Page } from '../report/view.ts'
import type { Io } from './io.ts'
import { packageFile } from './package-files.ts'
import { pageFor } from './pages.ts'
import { SHARED, TEMPLATES, type Template } from './templates/templates.ts'
import { usageError } from './usage.ts'

export interface InitOptions {
  readonly template: string
  readonly list?: boolean
  readonly force?: boolean
}

/** A file to be written: where to, and what it holds. */
interface Planned {
  /** From the folder that is written to. */
  readonly name: string
  readonly path: string
  readonly text: string
}

/**
 * `sla init`: writes a template into a folder and says what to run next. Nothing is written where a file with other
 * contents is in the way, unless forced: a usage error that names all of them.
 */
export async function init(directory: string, options: InitOptions, io: Io): Promise<number> {
  const page = await pageFor(io.stdout, io, {})
  if (options.list === true) {
    io.stdout.write(`${listText(page)}\n`)
    return 0
  }
  const template = templateNamed(options.template)
  const files = await plannedFiles(template, directory, io)
  const kept = await keptFiles(files, options.force === true, io)
  const news = files.filter(({ path }) => !kept.has(path))
  for (const { path, text } of news) {
    try {
      await io.makeDirectory(dirname(path))
      await io.writeWhole(path, [text])
    } catch (error) {
      throw usageError(`init: ${path} can't be written: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  io.stdout.write(`${doneText(template, directory, files, kept, page).join('\n')}\n`)
  return 0
}

function templateNamed(name: string): Template {
  const found = TEMPLATES.find(template => template.name === name)
  if (found !== undefined) return found
  const names = TEMPLATES.map(template => template.name)
  const guess = nearest(name, names)
  throw usageError(
    `init: there is no template "${name}"`,
    guess === undefined ? `templates: ${names.join(', ')}` : `did you mean ${guess}? (sla init --list)`,
  )
}

async function plannedFiles(template: Template, directory: string, io: Io): Promise<readonly Planned[]> {
  const sources = [
    ...template.files.map(file => ({ from: `examples/templates/${template.name}/${file}`, to: file })),
    ...SHARED,
  ]
  const decoder = new TextDecoder()
  return Promise.all(
    sources.map(async ({ from, to }) => ({
      name: to,
      path: join(directory, to),
      text: decoder.decode(await io.readFile(packageFile(from))),
    })),
  )
}

/** Paths of files that are there already and need no writing. Throws where others are in the way. */
async function keptFiles(files: readonly Planned[], force: boolean, io: Io): Promise<ReadonlySet<string>> {
  const same = new Set<string>()
  const inTheWay: string[] = []
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    const kind = await io.kindOf(folder)
    if (kind !== undefined && kind !== 'directory') throw usageError(`init: ${folder} isn't a directory`)
  }
  for (const { path, text } of files) {
    const kind = await io.kindOf(path)
    if (kind === undefined) continue
    if (kind !== 'file') throw usageError(`init: ${path} isn't a file`)
    if (await holds(path, text, io)) same.add(path)
    else if (!force) inTheWay.push(path)
  }
  if (inTheWay.length === 0) return same
  throw usageError(
    `init: nothing was written: ${inTheWay.join(', ')} ${inTheWay.length === 1 ? 'is' : 'are'} there already`,
    'name another directory, or write over what is there with --force',
  )
}

async function holds(path: string, text: string, io: Io): Promise<boolean> {
  try {
    return new TextDecoder().decode(await io.readFile(path)) === text
  } catch {
    return false
  }
}

function listText(page: Page): string {
  const rows = TEMPLATES.map(({ name, title }, i) => [
    { text: name, paint: (text: string) => page.colour.bold(text) },
    { text: i === 0 ? `${title} (default)` : title },
  ])
  return [
    'Templates (sla init DIRECTORY --template NAME):',
    ...table(rows, [{}, { least: 20 }], { width: page.width, indent: 2 }),
  ].join('\n')
}

function doneText(
  { name, period, asOf }: Template,
  directory: string,
  files: readonly Planned[],
  kept: ReadonlySet<string>,
  page: Page,
): readonly string[] {
  const rows = files.map(({ name, path }) => [
    { text: clean(path, page) },
    { text: kept.has(path) ? 'as it was' : (ABOUT[name] ?? 'evidence, made up') },
  ])
  const command = ['sla', 'audit', join(directory, 'contract.yaml'), join(directory, 'evidence')].map(argument)
  return [
    `Template ${name}:`,
    ...table(rows, [{}, { least: 20 }], { width: page.width, indent: 2 }),
    '',
    'Next:',
    ...commandLines([...command, '--period', period, '--as-of', asOf], page).map(line => `  ${line}`),
    '',
    'It finds all promises kept. Each line of the contract that begins with "# try:" breaks one, put in place of the line above it.',
  ]
}

/** A path that begins with a dash would be taken for an option. */
function argument(word: string): string {
  return shellWord(word.startsWith('-') ? `./${word}` : word)
}

const ABOUT: Readonly<Record<string, string>> = {
  'contract.yaml': 'the promises',
  'waivers.yaml': 'breaches that are let pass: none yet',
  'sla-ci.yml': 'a GitHub workflow for .github/workflows; PACKAGE in it says where sla comes from',
  '.sla/contract.schema.json': 'for editors: completes and checks contract.yaml as you type',
  '.sla/waivers.schema.json': 'the same for waivers.yaml',
}
