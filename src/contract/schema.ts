import * as z from 'zod'
import type { ClauseKind } from '../model/clause-kind.ts'
import { clauseFields, envelopeFields, idKey } from './envelope.ts'
import { jsonSchemaOf } from './json-schema.ts'

/** JSON Schema (draft-07) of a contract in YAML or JSON, for editors: clauses are told apart by their `kind`. */
export function contractJsonSchema(kinds: readonly ClauseKind[]): object {
  const clauses = kinds.map(kind =>
    z
      .strictObject({
        kind: z.literal(kind.kind).meta({ description: kind.title }),
        ...Object.fromEntries(Object.entries(clauseFields).filter(([key]) => key !== 'kind')),
        ...kind.schema.shape,
      })
      .meta({ title: kind.title }),
  )
  const contract = z.strictObject({
    ...envelopeFields,
    clauses: z.record(idKey, z.union(clauses)).meta({ description: 'The promises, by id' }),
  })
  return jsonSchemaOf(contract, {
    id: 'urn:sla:v1:contract',
    title: 'SLA contract',
    description: 'A service level agreement in the sla/v1 language',
  })
}
