// Loaded with --import into a child process: its clock stands still at SLA_TEST_NOW.
const stated = process.env.SLA_TEST_NOW
if (stated !== undefined) {
  const now = Date.parse(stated)
  if (Number.isNaN(now)) throw new Error(`SLA_TEST_NOW is no instant: ${stated}`)
  const RealDate = Date
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(now)
      else super(...given)
    }

    static now() {
      return now
    }
  }
}
