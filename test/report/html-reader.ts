/** One tag or text of a page, read by the few rules that a page written by a program keeps to; throws on anything else. */
export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** The text up to its end tag, entities read, tags left out. */
  readonly text: string
  /** Names of the elements it stands in, outermost first. */
  readonly path: readonly string[]
}

const VOID = new Set(['meta', 'br', 'hr', 'img', 'link', 'input'])
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#35': '#', '#39': "'" }

/** Every element of a page in the order of its start tags. Each must be closed, in order. */
export function readHtml(page: string): readonly Tag[] {
  const done: { name: string; attributes: Map<string, string>; text: string; path: string[] }[] = []
  const open: typeof done = []
  let at = page.indexOf('<html')
  if (page.slice(0, at).trim() !== '<!DOCTYPE html>') throw new Error('no doctype')
  while (at < page.length) {
    const next = page.indexOf('<', at)
    const text = page.slice(at, next < 0 ? undefined : next)
    if (text.includes('>') && open.at(-1)?.name !== 'style') throw new Error(`stray > in ${text.slice(0, 80)}`)
    for (const element of open) element.text += entitiesRead(text)
    if (next < 0) break
    const end = /^<\/([a-z][a-z0-9]*)>/.exec(page.slice(next, next + 40))
    if (end !== null) {
      const closed = open.pop()
      if (closed?.name !== end[1]) throw new Error(`</${end[1]}> closes <${closed?.name}> at ${next}`)
      at = next + end[0].length
      continue
    }
    const rest = page.slice(next, page.indexOf('>', next) + 1)
    const start = /^<([a-z][a-zA-Z0-9]*)((?: [a-zA-Z:-]+(?:="[^"<>]*")?)*)(\/?)>$/.exec(rest)
    if (start === null) throw new Error(`no tag: ${rest.slice(0, 120)}`)
    const [, name = '', list = '', slash] = start
    const attributes = new Map<string, string>()
    for (const [, key = '', value = ''] of list.matchAll(/ ([a-zA-Z:-]+)(?:="([^"]*)")?/g)) {
      if (attributes.has(key)) throw new Error(`${key} twice in ${rest}`)
      attributes.set(key, entitiesRead(value))
    }
    const tag = { name, attributes, text: '', path: open.map(({ name }) => name) }
    done.push(tag)
    at = next + rest.length
    if (slash === '/' || VOID.has(name)) continue
    open.push(tag)
    if (name !== 'style') continue
    const close = page.indexOf('</style>', at)
    tag.text = page.slice(at, close)
    at = close
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is not closed`)
  return done
}

/** The values of an attribute over all elements. */
export function valuesOf(tags: readonly Tag[], attribute: string): readonly string[] {
  return tags.flatMap(({ attributes }) => attributes.get(attribute) ?? [])
}

/** The elements of a name, and of a class if one is asked for. */
export function named(tags: readonly Tag[], name: string, className?: string): readonly Tag[] {
  return tags.filter(tag => {
    const classes = (tag.attributes.get('class') ?? '').split(' ')
    return tag.name === name && (className === undefined || classes.includes(className))
  })
}

function entitiesRead(text: string): string {
  return text.replace(/&(#?\w*);?/g, (all, name: string) => {
    const sign = ENTITIES[name]
    if (sign === undefined || !all.endsWith(';')) throw new Error(`stray & in ${text.slice(0, 80)}`)
    return sign
  })
}
