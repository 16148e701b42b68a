/** What a vulnerability is called: `canonical` is the name that rows of several tools share; `all` holds it too. */
export interface Names {
  readonly canonical: string
  readonly all: readonly string[]
}

/** A CVE among the names (the id itself before others, of others the lowest), else a GHSA, else the id. */
export function namesOf(id: string, aliases = ''): Names {
  const own = normalId(id)
  const all = [...new Set([own, ...listed(aliases).map(normalId)])]
  return { canonical: canonicalOf(own, all), all }
}

/** CVE ids in upper case, `GHSA-` with the rest in lower case; other names as they are written. */
export function normalId(text: string): string {
  const id = text.trim()
  if (id.startsWith('CVE-')) return id
  if (CVE.test(id)) return id.toUpperCase()
  return GHSA.test(id) ? `GHSA-${id.slice(5).toLowerCase()}` : id
}

/** Whether a name that `normalId` has made is a CVE. */
export function isCve(name: string): boolean {
  return name.startsWith('CVE-') && CVE.test(name)
}

const CVE = /^cve-(\d+)-(\d+)$/i
const GHSA = /^ghsa-/i

/** Of an id and all its names, as `normalId` has made them. */
export function canonicalOf(own: string, all: readonly string[]): string {
  const cves = all.filter(name => CVE.test(name))
  const named = cves.length > 0 ? cves : all.filter(name => GHSA.test(name))
  if (named.includes(own)) return own
  return [...named].sort(byNumber)[0] ?? own
}

function byNumber(a: string, b: string): number {
  const [one, other] = [CVE.exec(a), CVE.exec(b)]
  if (one === null || other === null) return a < b ? -1 : 1
  return Number(one[1]) - Number(other[1]) || Number(one[2]) - Number(other[2])
}

/** Names apart by blanks, commas or semicolons. */
function listed(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter(name => name !== '' && name !== '?')
}
