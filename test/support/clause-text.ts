import { planAudit } from '../../src/audit/plan.ts'
import { clauseKinds } from '../../src/clauses/index.ts'
import { loadContract } from '../../src/contract/load.ts'
import { type Diagnostic, InputError } from '../../src/model/diagnostic.ts'
import { zones } from './audit.ts'

/** A contract of one clause, whose fields are given as YAML text: they start at line 8, column 5. */
export function clauseOf(id: string, kind: string) {
  const text = (fields: string) => `apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
clauses:
  ${id}:
    kind: ${kind}
${fields.trim().replace(/^/gm, '    ')}
`
  const load = (fields: string) =>
    loadContract({ file: 'contract.yaml', bytes: new TextEncoder().encode(text(fields)) }, clauseKinds, { zones })
  return {
    load,
    /** What is wrong with it: `8:5 code: message (hint)`. */
    async refused(fields: string): Promise<readonly string[]> {
      try {
        await load(fields)
      } catch (error) {
        if (error instanceof InputError) return error.diagnostics.map(brief)
        throw error
      }
      return []
    },
    async planned(fields: string) {
      const plan = await planAudit(await load(fields), clauseKinds)
      const [first] = plan.clauses
      if (first === undefined) throw new Error('no clause')
      return { ...first, plan, types: plan.types }
    },
  }
}

export function brief({ code, message, hint, span }: Diagnostic): string {
  return `${span?.line}:${span?.column} ${code}: ${message} (${hint})`
}
