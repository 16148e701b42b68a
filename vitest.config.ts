import { defineConfig } from 'vitest/config'

// Every test runs twice: other zone, other season. A verdict that changes between them depends on the machine.
const places = [
  { name: 'utc-january', TZ: 'UTC', SLA_TEST_NOW: '2027-01-15T12:00:00Z' },
  { name: 'tokyo-july', TZ: 'Asia/Tokyo', SLA_TEST_NOW: '2027-07-15T12:00:00Z' },
]

export default defineConfig({
  test: {
    projects: places.map(({ name, ...env }) => ({
      test: {
        name,
        env,
        pool: 'forks',
        include: ['test/**/*.test.ts'],
        setupFiles: ['test/support/place.ts'],
        testTimeout: 60_000,
      },
    })),
  },
})
