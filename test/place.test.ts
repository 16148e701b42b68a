import { expect, it } from 'vitest'

it('runs in the declared zone and at the declared date', () => {
  expect(new Date().toISOString().slice(0, 10)).toBe(process.env.SLA_TEST_NOW?.slice(0, 10))
  const offset = process.env.TZ === 'Asia/Tokyo' ? -540 : 0
  expect(new Date().getTimezoneOffset()).toBe(offset)
})
