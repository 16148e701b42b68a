import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateXML } from 'xmllint-wasm'
import { root } from '../support/cli.ts'

const schema = [{ fileName: 'junit-10.xsd', contents: readFileSync(join(root, 'test/vendor/junit-10.xsd'), 'utf8') }]

/** What a validating parser says against the schema that Jenkins takes. */
export async function problems(texts: readonly string[]): Promise<readonly string[]> {
  const xml = texts.map((contents, i) => ({ fileName: `r${i}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema, maxMemoryPages: 4096 })
  return errors.map(({ rawMessage }) => rawMessage)
}

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

/** A reader of its own, no more than our XML needs: elements, attributes, text, the five entities. */
export function parse(xml: string): Element {
  const top: Element = { name: '', attributes: {}, children: [], text: '' }
  const open: Element[] = [top]
  const decoded = (text: string): string =>
    text.replace(/&(\w+);/g, (_, name: string) => {
      const sign = ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as Record<string, string>)[name]
      if (sign === undefined) throw new Error(`entity ${name}`)
      return sign
    })
  for (const [, tag, text = ''] of xml.matchAll(/<([^>]*)>|([^<]+)/g)) {
    const parent = open.at(-1)
    if (parent === undefined) throw new Error('closed too often')
    if (tag === undefined) parent.text += decoded(text)
    else if (tag.startsWith('/')) {
      if (tag !== `/${open.pop()?.name}`) throw new Error(`${tag} closes nothing`)
    } else if (!tag.startsWith('?')) {
      const attributes = Object.fromEntries(
        [...tag.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decoded(value)]),
      )
      const element: Element = { name: /^[\w-]+/.exec(tag)?.[0] ?? '', attributes, children: [], text: '' }
      parent.children.push(element)
      if (!tag.endsWith('/')) open.push(element)
    }
  }
  if (open.length !== 1) throw new Error('not closed')
  const [root] = top.children
  if (root === undefined) throw new Error('nothing')
  return root
}

export function cases(text: string): Element[] {
  return parse(text).children.flatMap(suite => suite.children.filter(({ name }) => name === 'testcase'))
}

/** By finding: `passed`, `skipped`, `failure`. */
export function outcomes(text: string): Record<string, string> {
  return Object.fromEntries(
    cases(text).map(({ attributes, children }) => [attributes.name ?? '', children[0]?.name ?? 'passed']),
  )
}
