import { vi } from 'vitest'

// Only Date is faked: timers stay real, so child processes and streams work as always.
const now = process.env.SLA_TEST_NOW
if (now === undefined) throw new Error('SLA_TEST_NOW is set by vitest.config.ts')
vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) })
