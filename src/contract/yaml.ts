import { type Document, Lexer, parseDocument, type YAMLError } from 'yaml'
import { type Diagnostic, InputError } from '../model/diagnostic.ts'
import { diagnosticAt, lineStarts, type Range, type Said, type Source } from './diagnose.ts'
import { readNodes } from './nodes.ts'

/** A file read as YAML 1.2 (JSON included): plain data, where each value stands, and what is wrong so far. */
export interface YamlFile {
  readonly source: Source
  readonly data: Readonly<Record<string, unknown>>
  readonly errors: readonly Diagnostic[]
}

/** Reads one YAML document whose top is a map, of that `kind`. Throws InputError when there is no such document. */
export function readYaml(file: string, bytes: Uint8Array, kind = 'Contract'): YamlFile {
  const start = `start with apiVersion: sla/v1 and kind: ${kind}`
  if (bytes.length > MOST_BYTES) {
    refuse({ file, text: '', lines: [0] }, [0, 0], { code: 'too-large', message: 'the file is larger than 4 MiB' })
  }
  const text = decode(file, bytes)
  const page = { file, text, lines: lineStarts(text) }
  const nul = text.indexOf('\0')
  if (nul >= 0) {
    refuse(page, [nul, nul + 1], { code: 'not-text', message: "the file holds a NUL byte: it isn't text" })
  }
  const deep = tooDeep(text)
  if (deep !== undefined) {
    refuse(page, [deep, deep + 1], { code: 'too-deep', message: `values are nested more than ${MOST_DEPTH} deep` })
  }
  const document = parse(text)
  const syntax = [...untilTab(document.errors), ...document.warnings].map(e => diagnosticAt(page, e.pos, said(e, text)))
  if (document.errors.length > 0) throw new InputError(syntax)
  if (document.contents === null || /^\s*$/.test(text)) {
    refuse(page, [0, 0], {
      code: 'empty',
      message: 'the file is empty',
      hint: start,
    })
  }
  const read = readNodes(document, page.lines)
  const errors = [...syntax, ...read.errors.map(e => diagnosticAt(page, e.range, e))]
  if (read.data === undefined) {
    if (errors.length > 0) throw new InputError(errors)
    refuse(page, [read.root.value[0], read.root.value[0]], {
      code: 'not-a-map',
      message: 'expected a map of keys at the top of the file',
      hint: start,
    })
  }
  return { source: { ...page, root: read.root }, data: read.data, errors }
}

const MOST_BYTES = 4 * 1024 * 1024
const MOST_DEPTH = 100

function parse(text: string): Document {
  // Keys are compared while the nodes are read: yaml's own check takes quadratic time.
  return parseDocument(text, { schema: 'core', version: '1.2', merge: false, uniqueKeys: false, prettyErrors: false })
}

function refuse(page: Omit<Source, 'root'>, range: Range, reason: Said): never {
  throw new InputError([diagnosticAt(page, range, reason)])
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes)
    const at = Math.max(0, text.indexOf('\ufffd'))
    refuse({ file, text, lines: lineStarts(text) }, [at, at + 1], {
      code: 'not-text',
      message: "the file isn't UTF-8 text",
      hint: 'save it as UTF-8',
    })
  }
}

/** Without what follows the first tab that indents: with the indent lost, nothing after it is read as it was meant. */
function untilTab(errors: readonly YAMLError[]): readonly YAMLError[] {
  const tab = errors.find(error => error.code === 'TAB_AS_INDENT')
  return tab === undefined ? errors : errors.filter(error => error.pos[0] <= tab.pos[0])
}

/**
 * The offset at which brackets, or list and key marks on one line, nest deeper than any contract needs. Yaml's
 * composer recurses, and a stack that overflows inside a regular expression ends the process.
 */
function tooDeep(text: string): number | undefined {
  let offset = 0
  // The marks on the way to each open bracket: what stands beside it, after a comma, is no deeper.
  const brackets: number[] = []
  let marks = 0
  let scalar = false
  for (const token of new Lexer().lex(text)) {
    if (CONTROL.has(token)) {
      scalar = token === '\x1f'
      continue
    }
    if (!scalar) {
      if (token === '[' || token === '{') brackets.push(marks)
      else if (token === ']' || token === '}') marks = brackets.pop() ?? marks
      else if (token === ',') marks = brackets.at(-1) ?? marks
      else if (token === '-' || token === '?' || token === ':') marks++
    }
    if (token.includes('\n') && brackets.length === 0) marks = 0
    if (brackets.length > MOST_DEPTH || marks > MOST_DEPTH) return offset
    offset += token.length
    scalar = false
  }
  return undefined
}

const CONTROL: ReadonlySet<string> = new Set(['\x02', '\x18', '\x1f'])

function said(error: YAMLError, text: string): Said {
  const rest = () => (/^[^\n,}\]]*/.exec(text.slice(error.pos[0]))?.[0] ?? '').trim()
  switch (error.code) {
    case 'MULTIPLE_DOCS':
      return {
        code: 'multiple-documents',
        message: 'the file holds several YAML documents: a contract is one',
        hint: 'keep one and remove the --- line',
      }
    case 'TAB_AS_INDENT':
      return { code: 'yaml', message: "tabs can't indent YAML", hint: 'use spaces' }
    case 'BAD_SCALAR_START':
      return { code: 'yaml', message: lower(error.message), hint: `quote the text: ${JSON.stringify(rest())}` }
    case 'BLOCK_IN_FLOW':
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return { code: 'yaml', message: lower(error.message), hint: 'text that holds a colon and a space needs quotes' }
    case 'TAG_RESOLVE_FAILED':
      return { code: 'yaml-tag', message: `${lower(error.message)}; contracts use no tags`, hint: 'remove the tag' }
    default:
      return { code: 'yaml', message: lower(error.message) }
  }
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
