import * as z from 'zod'

/** What a JSON Schema says of itself. */
export interface SchemaHead {
  readonly id: string
  readonly title: string
  readonly description?: string
}

/** JSON Schema (draft-07) of a zod schema as its input is written, with the examples of every part of it. */
export function jsonSchemaOf(schema: z.ZodType, { id, title, description }: SchemaHead): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    // Zod leaves out the examples of values that are transformed; here examples show the input.
    override: ({ zodSchema, jsonSchema }) => {
      const examples = z.globalRegistry.get(zodSchema)?.examples
      if (Array.isArray(examples)) jsonSchema.examples = examples
    },
  })
  return { $schema, $id: id, title, ...(description !== undefined && { description }), ...rest }
}

/** A place in a file in JSON output. */
export const spanSchema = z.strictObject({ file: z.string(), line: z.number(), column: z.number(), length: z.number() })

/** A warning or an error in JSON output. */
export const diagnosticSchema = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  clause: z.string().optional(),
  message: z.string(),
  span: spanSchema.optional(),
  hint: z.string().optional(),
  frame: z.strictObject({ line: z.number(), lines: z.array(z.string()) }).optional(),
})
