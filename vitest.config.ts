import { defineConfig } from 'vitest/config'

// Every test runs twice: other zone, other season. A verdict that changes between them depends on the machine.
const places = [
  { name: 'utc-january', TZ: 'UTC', SLA_TEST_NOW: '2027-01-15T12:00:00Z' },
  { name: 'tokyo-july', TZ: 'Asia/Tokyo', SLA_TEST_NOW: '2027-07-15T12:00:00Z' },
]

// The package that is built and installed is the same at every place.
const once = ['test/package.test.ts']

// What needs a browser on the machine, once: `npm run test:browser`. The browser has the real date.
const browser = {
  name: 'browser',
  env: { TZ: 'UTC', SLA_TEST_NOW: '2027-01-15T12:00:00Z' },
  pool: 'forks' as const,
  include: ['test/browser/**/*.test.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
}

export default defineConfig({
  test: {
    projects: [
      ...places.map(({ name, ...env }) => ({
        test: {
          name,
          env,
          pool: 'forks' as const,
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', ...(name === 'utc-january' ? [] : once)],
          setupFiles: ['test/support/place.ts'],
          testTimeout: 60_000,
        },
      })),
      { test: browser },
    ],
  },
})
