import type { DocumentContext } from './format.ts'

/**
 * The outcome of a look that went well: `success`, or `?` where the report does not name what it is of. Reports of
 * other projects bear the same words then, and none of them proves that what another showed is gone.
 */
export function outcomeOf(asset: string, named: boolean, context: DocumentContext): 'success' | '?' {
  if (named || context.assets?.has(asset) === true) return 'success'
  context.warn(
    'no-project',
    `the report does not name its project: reports of others say "${asset}" too, so what is missing in it is no fix`,
    `name the project for each file in a --map file: values: { asset: { ${JSON.stringify(asset)}: NAME } }`,
  )
  return '?'
}

/** Whether a path or name tells one project from others: `.`, `../..` and places where containers mount it do not. */
export function isName(asset: string): boolean {
  const path = asset.replace(/^file:\/\//, '').replace(/(?<=.)\/+$/, '')
  return /[^./\\~]/.test(path) && !MOUNTS.has(path)
}

/** Whether the folder of a file tells one project from others. */
export function isNameOfFile(path: string): boolean {
  return isName(path.slice(0, Math.max(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')))))
}

// Where instructions of the tools and build services mount whatever is looked at.
const MOUNTS: ReadonlySet<string> = new Set(
  'src app apps code data github/workspace project repo scan source usr/src usr/src/app work workdir workspace'
    .split(' ')
    .map(name => `/${name}`),
)
