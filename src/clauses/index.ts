import type { AnyKind } from './judge.ts'

/** Every clause kind that is built; only those a contract names are loaded. */
export const clauseKinds: Readonly<Record<string, () => Promise<AnyKind>>> = {
  availability: async () => (await import('./availability.ts')).availability,
  maintenance: async () => (await import('./maintenance.ts')).maintenance,
  support: async () => (await import('./support.ts')).support,
  vulnerability: async () => (await import('./vulnerability.ts')).vulnerability,
  backup: async () => (await import('./backup.ts')).backup,
  recovery: async () => (await import('./recovery.ts')).recovery,
  control: async () => (await import('./control.ts')).control,
}
