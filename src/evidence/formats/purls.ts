/** A package URL without version for a name as the tools of an ecosystem write it; undefined for other ecosystems. */
export function purlOf(ecosystem: string, name: string): string | undefined {
  const type = TYPES.get(ecosystem.toLowerCase())
  if (type === undefined || name === '') return undefined
  const path =
    type === 'maven' ? name.replace(':', '/') : type === 'pypi' ? name.toLowerCase().replaceAll('_', '-') : name
  return `pkg:${type}/${path
    .split('/')
    .map(part => encodeURIComponent(part))
    .join('/')}`
}

// Ecosystems of OSV and package managers of Snyk.
const TYPES: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['yarn', 'npm'],
  ['yarn-workspace', 'npm'],
  ['pnpm', 'npm'],
  ['maven', 'maven'],
  ['gradle', 'maven'],
  ['sbt', 'maven'],
  ['pypi', 'pypi'],
  ['pip', 'pypi'],
  ['pipenv', 'pypi'],
  ['poetry', 'pypi'],
  ['go', 'golang'],
  ['gomodules', 'golang'],
  ['golangdep', 'golang'],
  ['govendor', 'golang'],
  ['rubygems', 'gem'],
  ['packagist', 'composer'],
  ['composer', 'composer'],
  ['nuget', 'nuget'],
  ['paket', 'nuget'],
  ['crates.io', 'cargo'],
  ['hex', 'hex'],
  ['pub', 'pub'],
])
