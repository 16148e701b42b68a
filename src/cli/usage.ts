/** A mistake in how the program was called; leads to exit code 2. Not an InputError: nothing was read yet. */
export interface UsageError extends Error {
  readonly code: 'sla.usage'
  readonly hint?: string
}

export function usageError(message: string, hint?: string): UsageError {
  return Object.assign(new Error(message), { code: 'sla.usage' as const, ...(hint !== undefined && { hint }) })
}

export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && 'code' in error && error.code === 'sla.usage'
}
