import type { AnyRule } from '../rule.ts'

/** How clauses are compared, by kind, in the order of the matrix; only the kinds that contracts name are loaded. */
export const compareRules: Readonly<Record<string, () => Promise<AnyRule>>> = {
  availability: async () => (await import('./availability.ts')).availabilityRule,
  maintenance: async () => (await import('./maintenance.ts')).maintenanceRule,
  support: async () => (await import('./support.ts')).supportRule,
  vulnerability: async () => (await import('./vulnerability.ts')).vulnerabilityRule,
  backup: async () => (await import('./backup.ts')).backupRule,
  recovery: async () => (await import('./recovery.ts')).recoveryRule,
  control: async () => (await import('./control.ts')).controlRule,
}
