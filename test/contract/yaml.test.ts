import { describe, expect, it } from 'vitest'
import { brief, HEAD, load, refused, UPTIME } from './support.ts'

describe('files that hold no contract', () => {
  it.each([
    ['', '1:1+0 empty: the file is empty (start with apiVersion: sla/v1 and kind: Contract)'],
    ['# nothing\n', '1:1+0 empty: the file is empty (start with apiVersion: sla/v1 and kind: Contract)'],
    [
      '- a\n',
      '1:1+0 not-a-map: expected a map of keys at the top of the file (start with apiVersion: sla/v1 and kind: Contract)',
    ],
    [
      'text',
      '1:1+0 not-a-map: expected a map of keys at the top of the file (start with apiVersion: sla/v1 and kind: Contract)',
    ],
    ['a: 1\nb: \0', "2:4+1 not-text: the file holds a NUL byte: it isn't text"],
    [
      `${HEAD}---\na: 1\n`,
      '5:1+3 multiple-documents: the file holds several YAML documents: a contract is one (keep one and remove the --- line)',
    ],
    ['a:\n\t- b\n', "2:1+1 yaml: tabs can't indent YAML (use spaces)"],
    [
      'a: { above: > 5% }\n',
      '1:13+1 yaml: plain value cannot start with block scalar indicator > (quote the text: "> 5%")',
    ],
    [
      'a: b: c\n',
      '1:4+1 yaml: nested mappings are not allowed in compact mappings (text that holds a colon and a space needs quotes)',
    ],
    ['a: "x\n', '2:1+0 yaml: missing closing "quote'],
  ])('%j', async (text, expected) => {
    const [first] = brief(await refused(text))
    expect(first).toBe(expected)
  })

  it('says where text stops being UTF-8', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('a: 1\nb: '), 0xe9, 0x0a])
    expect(brief(await refused(bytes))).toEqual(["2:4+1 not-text: the file isn't UTF-8 text (save it as UTF-8)"])
  })

  it('refuses files beyond 4 MiB', async () => {
    const bytes = new Uint8Array(4 * 1024 * 1024 + 1).fill(0x20)
    expect(brief(await refused(bytes))).toEqual(['1:1+0 too-large: the file is larger than 4 MiB'])
  })

  it.each([
    ['brackets', `a: ${'['.repeat(100_000)}`, 104],
    ['list marks', `${'- '.repeat(5000)}a`, 201],
  ])('refuses nesting by %s before it exhausts the stack', async (_, text, column) => {
    const [first] = await refused(text)
    expect(first?.message).toBe('values are nested more than 100 deep')
    expect(first?.span).toEqual({ file: 'c.yaml', line: 1, column, length: 1 })
  })

  it('counts depth, not what stands side by side on a line', async () => {
    const services = Array.from({ length: 400 }, (_, i) => `s${i}: { tags: { a: 1 } }`)
    const flat = Array.from({ length: 400 }, (_, i) => `s${i}: {}`)
    expect((await load(`${HEAD}services: { ${flat.join(', ')} }\n${UPTIME}`)).services.size).toBe(400)
    const [nested] = await refused(`${HEAD}services: { ${services.join(', ')} }\n${UPTIME}`)
    expect(nested?.message).not.toContain('deep')
    const deep = `${'{ a: 1, b: '.repeat(101)}1${' }'.repeat(101)}`
    expect((await refused(`x: ${deep}\n`))[0]?.message).toBe('values are nested more than 100 deep')
    const marks = `[${'a: '.repeat(60)}1, [${'a: '.repeat(60)}1]]`
    expect((await refused(`x: ${marks}\n`))[0]?.message).not.toContain('deep')
  })

  it('says of the lines after a tab that indents nothing', async () => {
    const text = 'a: 1\nb:\n\tc: 2\n\td: x: y\ne: 4\n  f: 5\n'
    expect(brief(await refused(text))).toEqual(["3:1+1 yaml: tabs can't indent YAML (use spaces)"])
  })

  it('counts no brackets inside text', async () => {
    const title = `title: "${'['.repeat(200)}"\nparties:\n  provider: |\n    ${'{['.repeat(100)}\n`
    expect((await load(HEAD + title + UPTIME)).title).toBe('['.repeat(200))
  })

  it('refuses aliases that multiply', async () => {
    const rows = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 9; i++)
      rows.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`)
    const errors = brief(await refused(`${HEAD + UPTIME + rows.join('\n')}\n`))
    // Lists hold 11 values, 111, 1 111, and a3 spends the rest of the 10 000 on its ten lists.
    expect(errors.filter(e => e.includes('yaml-alias'))).toEqual([
      expect.stringMatching(/^1\d:\d+\+3 yaml-alias: aliases stand for more than 10000 values$/),
    ])
  })

  it('refuses aliases without an anchor, and anchors that hold themselves', async () => {
    const errors = brief(await refused(`${HEAD}title: *none\nservices: &s { a: *s }\n${UPTIME}`))
    expect(errors).toContain('5:8+5 yaml-alias: there is no anchor &none before this alias')
    expect(errors).toContain('6:19+2 yaml-alias: *s contains itself')
  })

  it('refuses tags and keys that are not text', async () => {
    const errors = brief(await refused(`${HEAD}title: !date x\n? [a]\n: b\n__proto__: 1\n${UPTIME}`))
    expect(errors).toEqual([
      '5:8+5 yaml-tag: unresolved tag: !date; contracts use no tags (remove the tag)',
      '6:3+3 yaml-key: expected a key that is plain text',
      '8:1+9 yaml-key: expected a key that is plain text',
    ])
  })

  it('shows both places of a key set twice', async () => {
    expect(brief(await refused(`${HEAD}title: a\n"title": b\n${UPTIME}`))).toEqual([
      '6:1+7 duplicate-key: `title` is set twice (the first one is on line 5)',
    ])
    const twice = `${UPTIME}  up: { kind: availability, target: 99%, window: term }\n`
    expect(brief(await refused(HEAD + twice))).toEqual([
      '7:3+2 duplicate-key: `up` is set twice (the first one is on line 6)',
    ])
  })
})

describe('places', () => {
  it('frames the line with its neighbours', async () => {
    const [error] = await refused(`${HEAD}titel: x\n${UPTIME}`)
    expect(error).toEqual({
      code: 'unknown-key',
      severity: 'error',
      message: 'unknown key `titel`',
      hint: 'did you mean `title`?',
      span: { file: 'c.yaml', line: 5, column: 1, length: 5 },
      frame: { line: 4, lines: ['timezone: Europe/Paris', 'titel: x', 'clauses:'] },
    })
  })

  it('ends the frame with the file, in the first and the last line', async () => {
    const [first] = await refused(`titel: x\n${HEAD}${UPTIME}`)
    expect(first?.frame).toEqual({ line: 1, lines: ['titel: x', 'apiVersion: sla/v1'] })
    const [last] = await refused(`${HEAD}${UPTIME}titel: x\n`)
    expect(last?.frame?.line).toBe(6)
    expect(last?.frame?.lines.slice(1)).toEqual(['titel: x'])
  })

  it('is the same with CRLF, a byte order mark and comments', async () => {
    const text = `\ufeff# of é𝕏 contracts\n${HEAD}title: "é𝕏" # 𝕏\nfees: { monthly: "é" }\n${UPTIME}`
    const place = (await refused(text)).map(d => [d.span?.line, d.span?.column, d.span?.length, d.frame?.lines[1]])
    expect(place).toEqual([[7, 18, 3, 'fees: { monthly: "é" }']])
    const crlf = await refused(text.replaceAll('\n', '\r\n'))
    expect(crlf.map(d => [d.span?.line, d.span?.column, d.span?.length, d.frame?.lines[1]])).toEqual(place)
  })

  it('counts columns in UTF-16 units and tabs as one', async () => {
    const [error] = await refused(`${HEAD}parties: { provider: "é𝕏",\t customer: [] }\n${UPTIME}`)
    expect(error?.span).toEqual({ file: 'c.yaml', line: 5, column: 40, length: 2 })
  })

  it('points into what an alias stands for', async () => {
    const text = `${HEAD}defaults: { where: &w { kind: [] } }\n${UPTIME}  b: { kind: maintenance, where: *w }\n`
    expect(brief(await refused(text))).toEqual(['5:31+2 bad-value: the list of values is empty'])
  })

  it('cuts the length of a value over several lines at the end of its first', async () => {
    const [error] = await refused(`${HEAD}fees:\n  monthly: "12\n    EUR and more"\n${UPTIME}`)
    expect(error?.span).toEqual({ file: 'c.yaml', line: 6, column: 12, length: 3 })
  })

  it('reads JSON with the same places', async () => {
    const json =
      '{"apiVersion": "sla/v1", "kind": "Contract", "id": "c", "timezone": "UTC",\n "clauses": {"up": {"kind": "availability",\n  "target": "99.5", "window": "calendar month"}}}'
    expect(brief(await refused(json))).toEqual(['3:13+6 bad-value: "99.5": the % is missing (write 99.5%)'])
    expect((await load(json.replace('99.5', '99.5%'))).clauses[0]?.id).toBe('up')
  })

  it('expands aliases', async () => {
    const text = `${HEAD}clauses:\n  a: &a { kind: availability, target: 99%, window: calendar year }\n  b: *a\n`
    const { clauses } = await load(text)
    expect(clauses.map(c => c.id)).toEqual(['a', 'b'])
    expect(clauses[1]?.body).toEqual(clauses[0]?.body)
  })
})

describe('text that yaml takes apart', () => {
  it('has a hint of its own', async () => {
    const flow = (fields: string) => refused(`${HEAD}${UPTIME}  w: { kind: maintenance, ${fields} }\n`).then(brief)
    expect(await flow('text: promptly, best effort')).toEqual([
      '7:43+11 unknown-key: unknown key `best effort` (between { } or [ ], text that holds a comma, a colon or > needs quotes)',
    ])
    expect(await flow('inside:night')).toEqual([
      '7:27+12 unknown-key: unknown key `inside:night` (between { } or [ ], text that holds a comma, a colon or > needs quotes)',
    ])
    expect(await flow('<<: { a: b }')).toEqual([
      '7:27+2 unknown-key: unknown key `<<` (YAML 1.2 has no merge keys: write the fields out, or use `defaults`)',
    ])
    expect(brief(await refused(`${HEAD}fees: { monthly: 1,200 EUR }\n${UPTIME}`))).toEqual([
      '5:18+1 bad-value: "1": the currency is missing (write 1 EUR)',
      '5:20+7 unknown-key: unknown key `200 EUR` (write numbers without thousands commas)',
    ])
  })
})
