import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { type AuditOptions, addCommon, addEvidence, addVerdict, applyEnvironment } from '../../src/cli/options.ts'

function parse(argv: readonly string[], env: Record<string, string> = {}): AuditOptions {
  const command = new Command('audit').exitOverride().configureOutput({ writeErr: () => {} })
  addVerdict(addEvidence(addCommon(command, ['pretty', 'json'])))
  command.action(() => {})
  command.hook('preAction', (_, action) => applyEnvironment(action, env))
  command.parse([...argv], { from: 'user' })
  return command.opts()
}

describe('options', () => {
  it('have defaults', () => {
    expect(parse([])).toEqual({
      format: 'pretty',
      onBadRow: 'error',
      risk: 90,
      failOn: ['breached'],
      binding: ['guarantee'],
    })
  })

  it('take lists with commas and by repetition', () => {
    const options = parse([
      '--only',
      'up*,fix*',
      '--only',
      'work',
      '--assume-complete',
      'outage, maintenance',
      '-o',
      'a,b.json',
    ])
    expect(options.only).toEqual(['up*', 'fix*', 'work'])
    expect(options.assumeComplete).toEqual(['outage', 'maintenance'])
    expect(options.output).toEqual(['a,b.json'])
    expect(parse(['--fail-on', 'breached,at-risk']).failOn).toEqual(['breached', 'at-risk'])
    expect(parse(['--fail-on', 'never']).failOn).toEqual([])
    expect(parse(['--binding', 'guarantee,objective']).binding).toEqual(['guarantee', 'objective'])
    expect(parse(['--risk', '85.5%']).risk).toBe(85.5)
    expect(parse(['--color']).color).toBe(true)
    expect(parse(['--no-color']).color).toBe(false)
  })

  it.each<[string[], RegExp]>([
    [['--fail-on', 'braeched'], /Did you mean breached\?/],
    [['--fail-on', 'never,breached'], /never stands alone/],
    [['--fail-on', 'breached,'], /blank item/],
    [['--binding', 'observed'], /Allowed: guarantee, objective/],
    [['--risk', '120%'], /Expected a percentage/],
    [['--risk', '90'], /Expected a percentage/],
    [['--width', '59'], /60 or more/],
    [['--width', '8e3'], /whole number/],
    [['-f', 'html'], /Allowed choices are pretty, json/],
    [['--on-bad-row', 'ignore'], /Allowed choices are error, skip/],
    [['--failon', 'never'], /Did you mean --fail-on\?/],
    [['--map', 'a.yaml', '--map', 'b.yaml'], /given before: a map is one file/],
  ])('refuse %o', (argv, message) => {
    expect(() => parse(argv)).toThrow(message)
  })
})

describe('environment', () => {
  it('fills in what the command line leaves out', () => {
    const env = {
      SLA_PERIOD: '2026-05',
      SLA_AS_OF: '2026-06-02',
      SLA_FAIL_ON: 'pending',
      SLA_FORMAT: 'json',
      SLA_ONLY: 'a,b',
    }
    expect(parse([], env)).toMatchObject({
      period: '2026-05',
      asOf: '2026-06-02',
      failOn: ['pending'],
      format: 'json',
      only: ['a', 'b'],
    })
    expect(parse(['--period', '2026', '--fail-on', 'never'], env)).toMatchObject({ period: '2026', failOn: [] })
  })

  it('reads switches as people mean them', () => {
    expect(parse([], { SLA_STRICT: '1', SLA_QUIET: 'true', SLA_VERBOSE: 'yes' })).toMatchObject({
      strict: true,
      quiet: true,
      verbose: true,
    })
    expect(parse([], { SLA_STRICT: '0', SLA_QUIET: 'false' })).not.toHaveProperty('strict')
    expect(parse([], { SLA_PERIOD: '' })).not.toHaveProperty('period')
    expect(parse([], { SLA_COLOR: '1' }).color).toBe(true)
    expect(parse([], { SLA_COLOR: '0' }).color).toBe(false)
    expect(parse([], { SLA_NO_COLOR: '1' }).color).toBe(false)
    expect(parse(['--color'], { SLA_NO_COLOR: '1' }).color).toBe(true)
  })

  it('names the variable that is wrong', () => {
    expect(() => parse([], { SLA_WIDTH: 'wide' })).toThrow(
      "error: SLA_WIDTH is 'wide'. Expected a whole number of columns",
    )
    expect(() => parse([], { SLA_FORMAT: 'html' })).toThrow("error: SLA_FORMAT is 'html'")
  })

  it('has a variable for every option', () => {
    const command = addVerdict(addEvidence(addCommon(new Command('audit'), ['pretty'])))
    for (const option of command.options) expect(option.description).toMatch(/\[SLA_[A-Z_]+\]$/)
  })
})
