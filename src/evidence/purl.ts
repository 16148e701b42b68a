/** A package URL as packages are compared: without qualifiers and subpath; its version apart and decoded. */
export interface Purl {
  readonly name: string
  readonly version?: string
}

/**
 * Percent-encoding, case of the type, and case and dashes of names as the package URL specification's canonical form
 * has them; undefined for what is no package URL.
 */
export function readPurl(text: string): Purl | undefined {
  const found = /^\s*pkg:\/*([^/?#@]+)\/([^?#]*)/i.exec(text)
  if (found === null) return undefined
  const [, written = '', path = ''] = found
  const type = written.toLowerCase()
  const at = path.lastIndexOf('@')
  // `@scope/name` has a version only after a second one.
  const versioned = at > 0 && path[at - 1] !== '/'
  const name = normalised(type, versioned ? path.slice(0, at) : path)
  if (name === '') return undefined
  const version = versioned ? decoded(path.slice(at + 1).replace(/\/+$/, '')) : ''
  return version === '' ? { name: `pkg:${type}/${name}` } : { name: `pkg:${type}/${name}`, version }
}

/** Percent-encoding undone, where it is one. */
export function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function normalised(type: string, path: string): string {
  const segments = path.split('/').filter(segment => segment !== '')
  return segments
    .map((segment, i) => {
      const plain = decoded(segment)
      if (type === 'pypi') return encoded(plain.toLowerCase().replaceAll('_', '-'))
      const isLower = LOWER.has(type) || (type === 'rpm' && i < segments.length - 1)
      return encoded(isLower ? plain.toLowerCase() : plain)
    })
    .join('/')
}

const encoded = (segment: string): string =>
  /^[\w.~:-]*$/.test(segment) ? segment : encodeURIComponent(segment).replaceAll('%3A', ':')

/** Types whose namespaces and names are not case-sensitive. Old names of npm are, whatever the specification says. */
const LOWER: ReadonlySet<string> = new Set([
  'alpm',
  'apk',
  'bitbucket',
  'bitnami',
  'composer',
  'deb',
  'github',
  'gitlab',
  'golang',
  'hex',
  'luarocks',
  'oci',
])
