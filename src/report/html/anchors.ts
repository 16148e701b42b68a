/** The anchor of a finding on its page, unique as its id is: `f-uptime__2026-05`. Needs no escaping anywhere. */
export function findingAnchor(id: string): string {
  return `f-${encoded(id)}`
}

/** The anchor of a clause: `c-uptime`. */
export function clauseAnchor(id: string): string {
  return `c-${encoded(id)}`
}

/**
 * Letters, digits and hyphens as they are, a slash as `__`, any other UTF-16 unit as `_`, its number in hexadecimal and
 * `_`: it can be read back, so that no two ids share one.
 */
function encoded(id: string): string {
  return id.replace(/[^A-Za-z0-9-]/g, unit => (unit === '/' ? '__' : `_${unit.charCodeAt(0).toString(16)}_`))
}
