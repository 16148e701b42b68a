import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from './support/cli.ts'

const ci = join(root, 'examples/ci')
const base = mkdtempSync(join(tmpdir(), 'sla-ci-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

const bin = join(base, 'bin')

beforeAll(() => {
  mkdirSync(bin)
  const clock = join(root, 'test/support/fake-clock.mjs')
  put('sla', `exec "${process.execPath}" --import "${clock}" "${join(root, 'bin/sla.js')}" "$@"`)
  // Remembers what it was called with, and makes what a global install would.
  put('npm', 'printf "%s\\n" "$@" >> "$CALLS"')
  put('gh', 'printf "%s\\n" "$@" "--" >> "$CALLS"; case "$*" in *--jq*) printf "%s" "$COMMENT_IDS" ;; esac')
  put('sendmail', 'printf "%s\\n" "$@" >> "$CALLS"; cat > "$MESSAGE"')
  mkdirSync(noting)
  put('sla', 'printf "%s\\n" "$@" >> "$CALLS"; printf "SLA_PERIOD=%s\\n" "$SLA_PERIOD" >> "$CALLS"', noting)
  const date =
    'for last; do :; done; case "$last" in +%Y) echo "$YEAR" ;; +%m) echo "$MONTH" ;; +%Y-%m-01) echo "$YEAR-$MONTH-01" ;;'
  put('date', `${date} *) exec /usr/bin/env -i PATH=/usr/bin:/bin date "$@" ;; esac`, noting)
})

/** Where `sla` only writes down what it is called with, and `date` says what it is told to. */
const noting = join(base, 'noting')

/** A program of the hosts, stood in for by a few words of shell. */
function put(name: string, text: string, folder = bin): void {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
}

let made = 0

/** A repository with a contract of a template in `sla/`, under a path that a careless script would split. */
function repository(change?: (contract: string) => string): string {
  const folder = join(base, `repo ${made++}`)
  cpSync(join(root, 'examples/templates/saas'), join(folder, 'sla'), { recursive: true })
  const file = join(folder, 'sla/contract.yaml')
  if (change !== undefined) writeFileSync(file, change(readFileSync(file, 'utf8')))
  return folder
}

/** Nothing tells of tickets then, whose clause is unverified. */
function withoutTickets(repo: string): void {
  for (const file of ['tickets.csv', 'ticket-changes.csv']) rmSync(join(repo, 'sla/evidence', file))
}

const breaking = (contract: string): string => contract.replace('target: 99.9%', 'target: 99.95%')

function bash(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
  const { GITHUB_STEP_SUMMARY: _, ...inherited } = process.env
  const path = `${env.NOTE === 'yes' ? `${noting}:` : ''}${bin}:${process.env.PATH}`
  const { status, stdout, stderr } = spawnSync('bash', args, {
    cwd,
    env: { ...inherited, PATH: path, ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const lines = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []

interface Step {
  readonly name?: string
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly shell?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string>>
}

interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default?: string; readonly required?: boolean }>
  >
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

const yaml = (file: string) => parse(readFileSync(join(ci, file), 'utf8'))

// 08 and 09 are no octal numbers.
const MONTHS = [
  ['2027', '01', '2026-12'],
  ['2026', '08', '2026-07'],
  ['2026', '09', '2026-08'],
  ['2026', '10', '2026-09'],
  ['2026', '12', '2026-11'],
] as const

describe('the GitHub action', () => {
  const action = yaml('github/action.yml') as Action

  /** Runs one step as a runner does: expressions of its `env` filled in, its files set up, its script by bash. */
  function step(
    name: string,
    repo: string,
    inputs: Readonly<Record<string, string>>,
    more: Readonly<Record<string, string>> = {},
  ) {
    const found = action.runs.steps.find(one => one.name === name)
    const given = Object.fromEntries(
      Object.entries(action.inputs).map(([key, one]) => [key, inputs[key] ?? one.default ?? '']),
    )
    const env = Object.entries(found?.env ?? {}).map(([key, value]) => {
      const expression = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]
      return [key, expression === undefined ? (more[key] ?? '') : (given[expression] ?? '')] as const
    })
    const files = join(base, `runner${made++}`)
    mkdirSync(files)
    const runner = {
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: join(ci, 'github'),
      GITHUB_OUTPUT: join(files, 'output'),
      GITHUB_PATH: join(files, 'path'),
      GITHUB_STEP_SUMMARY: join(files, 'summary'),
      GITHUB_REPOSITORY: 'acme/promises',
      GITHUB_SHA: '4f2c1d0',
      RUNNER_TEMP: files,
      CALLS: join(files, 'calls'),
    }
    for (const file of [runner.GITHUB_OUTPUT, runner.GITHUB_PATH, runner.GITHUB_STEP_SUMMARY]) writeFileSync(file, '')
    const script = join(files, 'step.sh')
    writeFileSync(script, found?.run ?? 'exit 99')
    const ran = bash(['--noprofile', '--norc', '-eo', 'pipefail', script], repo, {
      ...runner,
      ...more,
      ...Object.fromEntries(env),
    })
    const outputs: Record<string, string> = Object.fromEntries(
      lines(runner.GITHUB_OUTPUT).map(line => line.split(/=(.*)/s).slice(0, 2)),
    )
    return {
      ...ran,
      outputs,
      path: lines(runner.GITHUB_PATH),
      summary: readFileSync(runner.GITHUB_STEP_SUMMARY, 'utf8'),
      calls: lines(runner.CALLS),
      files,
    }
  }

  const inputs = { contract: 'sla/contract.yaml', evidence: 'sla/evidence\n', period: '2026-05', 'as-of': '2026-06-07' }

  it('is a composite action whose steps run bash, and whose inputs never stand in a script', () => {
    expect(action.runs.using).toBe('composite')
    expect(action.runs.steps.length).toBe(3)
    for (const { run, shell, env } of action.runs.steps) {
      expect(shell).toBe('bash')
      expect(run).not.toContain('${{')
      for (const value of Object.values(env ?? {})) expect(value).toMatch(/^\$\{\{ [\w.-]+ \}\}$/)
    }
    const used = JSON.stringify(action.runs.steps)
    for (const [name, one] of Object.entries(action.inputs)) {
      expect(used).toContain(`inputs.${name}`)
      expect(one.required === true || one.default !== undefined).toBe(true)
    }
    for (const { value } of Object.values(action.outputs))
      expect(value).toMatch(/^\$\{\{ steps\.audit\.outputs\.[\w-]+ \}\}$/)
  })

  it('audits: annotations, summary, reports, all of them outputs', () => {
    const repo = repository()
    const { status, stdout, outputs, summary } = step('Audit', repo, inputs)
    expect(status).toBe(0)
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(action.outputs).sort())
    expect(outputs['exit-code']).toBe('0')
    for (const [name, path] of Object.entries(outputs)) {
      if (name !== 'exit-code') expect(readFileSync(join(repo, path)).length).toBeGreaterThan(100)
    }
    expect(JSON.parse(readFileSync(join(repo, outputs.sarif ?? ''), 'utf8')).version).toBe('2.1.0')
    expect(readFileSync(join(repo, outputs.html ?? ''), 'utf8')).toMatch(/^<!doctype html>/i)
    expect(stdout).not.toContain('::error')
    expect(summary).toContain('uptime')
  })

  it('fails with the exit code of a breach, reports and outputs written all the same', () => {
    const repo = repository(breaking)
    const { status, stdout, outputs } = step('Audit', repo, inputs)
    expect(status).toBe(1)
    expect(outputs['exit-code']).toBe('1')
    expect(existsSync(join(repo, outputs.html ?? 'none'))).toBe(true)
    expect(stdout).toMatch(/^::error file=sla\/contract\.yaml,line=\d+/m)
  })

  it('lets pass what was breached before, and what a waiver names', () => {
    const repo = repository(breaking)
    const first = step('Audit', repo, { ...inputs, directory: 'before' })
    expect(first.status).toBe(1)
    expect(step('Audit', repo, { ...inputs, baseline: first.outputs.json ?? '' }).status).toBe(0)
    writeFileSync(
      join(repo, 'sla/waivers.yaml'),
      'apiVersion: sla/v1\nkind: Waivers\nwaivers:\n  - { finding: uptime/2026-05, reason: agreed, approver: J. Doe, until: 2026-12-31 }\n',
    )
    expect(step('Audit', repo, { ...inputs, waivers: 'sla/waivers.yaml' }).status).toBe(0)
  })

  it('fails with 3 where there is nothing to judge, without outputs of an earlier run', () => {
    const repo = repository()
    expect(step('Audit', repo, inputs).status).toBe(0)
    const { status, outputs, stderr } = step('Audit', repo, { ...inputs, contract: 'sla/none.yaml' })
    expect(status).toBe(3)
    expect(outputs).toEqual({ 'exit-code': '3' })
    expect(stderr).toContain("sla/none.yaml can't be read")
  })

  it('never takes away what the audit reads', () => {
    const repo = repository()
    const first = step('Audit', repo, { ...inputs, directory: 'before' })
    const file = join(repo, first.outputs.json ?? '')
    const before = readFileSync(file, 'utf8')
    const over = step('Audit', repo, { ...inputs, directory: 'before', baseline: first.outputs.json ?? '' })
    expect([over.status, over.outputs]).toEqual([2, { 'exit-code': '2' }])
    expect(over.stderr).toContain('before/report.json is read by this run')
    expect(readFileSync(file, 'utf8')).toBe(before)
    writeFileSync(join(repo, 'sla/evidence/report.json'), '[]')
    const into = step('Audit', repo, { ...inputs, directory: 'sla/evidence' })
    expect([into.status, readFileSync(join(repo, 'sla/evidence/report.json'), 'utf8')]).toEqual([2, '[]'])
  })

  it('takes evidence line by line, blanks in names and globs left to sla, and further options', () => {
    const repo = repository()
    const odd = join(repo, 'sla/more evidence')
    mkdirSync(odd)
    copyFileSync(join(repo, 'sla/evidence/tickets.csv'), join(odd, 'tickets $(touch owned).csv'))
    rmSync(join(repo, 'sla/evidence/tickets.csv'))
    const evidence = 'sla/evidence/*.csv\n\nsla/more evidence\n'
    const { status, outputs } = step('Audit', repo, { ...inputs, evidence, options: '--only=tickets\n--risk=80%\n' })
    expect(status).toBe(0)
    const report = JSON.parse(readFileSync(join(repo, outputs.json ?? ''), 'utf8'))
    expect(report.clauses.map(({ id }: { id: string }) => id)).toEqual(['tickets'])
    expect(report.inputs.length).toBe(6)
  })

  it.each(['$(touch owned)', '`touch owned`', '"; touch owned; "', "'; touch owned; '", '--fail-on=never', '*'])(
    'hands on what an input holds as it is, and never runs it: %s',
    text => {
      const repo = repository()
      const names = [
        'contract',
        'evidence',
        'period',
        'as-of',
        'fail-on',
        'waivers',
        'baseline',
        'options',
        'directory',
      ]
      const { calls, status } = step('Audit', repo, Object.fromEntries(names.map(name => [name, text])), {
        NOTE: 'yes',
      })
      expect(status).toBe(0)
      const own = ['period', 'fail-on', 'as-of', 'waivers', 'baseline'].map(name => `--${name}=${text}`)
      const written = ['html', 'json', 'sarif', 'junit', 'markdown'].map(name => `--output=${name}:${text}/`)
      expect(calls.slice(0, 8)).toEqual(['audit', '--format=github', ...own, text])
      for (const [i, start] of written.entries()) expect(calls[8 + i]?.startsWith(start)).toBe(true)
      expect(calls.slice(13)).toEqual(['--', text, text, 'SLA_PERIOD='])
      expect(step('Install sla', repo, { package: text }).calls.at(-1)).toBe(text)
      expect(existsSync(join(repo, 'owned'))).toBe(false)
    },
  )

  it('refuses a directory of two lines, which would write outputs of its own', () => {
    const { status, outputs } = step('Audit', repository(), { ...inputs, directory: 'a\nexit-code=0' })
    expect({ status, outputs }).toEqual({ status: 2, outputs: {} })
  })

  it.each(MONTHS)('in %s-%s audits %s where no period is given', (YEAR, MONTH, period) => {
    const { calls } = step('Audit', repository(), { ...inputs, period: '' }, { NOTE: 'yes', YEAR, MONTH })
    expect(calls).toContain(`--period=${period}`)
  })

  it('installs from what is said, else takes the sla that is there, else builds its own', () => {
    const repo = repository()
    const said = step('Install sla', repo, { package: 'https://example.com/sla 1.tgz' })
    expect(said.status).toBe(0)
    expect(said.calls.at(-1)).toBe('https://example.com/sla 1.tgz')
    expect(said.path).toEqual([`${said.files}/sla/node_modules/.bin`])

    const onPath = step('Install sla', repo, {})
    expect(onPath).toMatchObject({ status: 0, calls: [], path: [] })
    expect(onPath.stdout).toMatch(/^sla \d+\.\d+\.\d+ is on the PATH\n$/)

    mkdirSync(join(repo, 'node_modules/.bin'), { recursive: true })
    copyFileSync(join(bin, 'sla'), join(repo, 'node_modules/.bin/sla'))
    expect(step('Install sla', repo, {}).path).toEqual([join(repo, 'node_modules/.bin')])

    // Nothing there: npm (stood in for) would build it; what is put on the PATH runs it.
    const bare = join(base, `bare${made++}`)
    mkdirSync(bare)
    copyFileSync(join(bin, 'npm'), join(bare, 'npm'))
    for (const tool of ['bash', 'mkdir', 'chmod']) {
      symlinkSync(['/usr/bin', '/bin'].map(folder => join(folder, tool)).find(existsSync) ?? '', join(bare, tool))
    }
    const built = step('Install sla', repository(), {}, { PATH: bare })
    expect(built.status).toBe(0)
    expect(built.calls).toEqual(['ci', '--no-audit', '--no-fund', 'run', 'bundle'])
    const ran = bash([`${built.path[0]}/sla`, '--version'], base, {})
    expect(ran.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('writes one comment, and the same one again', () => {
    const repo = repository()
    const { outputs } = step('Audit', repo, inputs)
    const markdown = { MARKDOWN: outputs.markdown ?? '', NUMBER: '17', GH_TOKEN: 'x' }
    const [tag] = lines(join(repo, outputs.markdown ?? ''))
    expect(tag).toMatch(/^<!-- sla:.*-->$/)
    const first = step('Comment', repo, {}, { ...markdown, COMMENT_IDS: '' })
    expect(first.status).toBe(0)
    expect(first.calls.join(' ')).toMatch(
      / api --method POST repos\/acme\/promises\/issues\/17\/comments --field body=@sla-report\/report\.md --silent --$/,
    )
    const second = step('Comment', repo, {}, { ...markdown, COMMENT_IDS: '501\n502' })
    expect(second.calls.join(' ')).toMatch(/ api --method PATCH repos\/acme\/promises\/issues\/comments\/501 --field /)
  })
})

describe('the GitHub workflows', () => {
  it('use the action with inputs that it has, and only outputs that it gives', () => {
    const action = yaml('github/action.yml') as Action
    const text = readFileSync(join(ci, 'github/workflow.yml'), 'utf8')
    const steps = (parse(text) as { readonly jobs: { readonly audit: { readonly steps: readonly Step[] } } }).jobs.audit
      .steps
    const own = steps.find(({ id }) => id === 'sla')
    expect(own?.uses).toBe('OWNER/sla/examples/ci/github@REF')
    for (const name of Object.keys(own?.with ?? {})) expect(Object.keys(action.inputs)).toContain(name)
    for (const [name, input] of Object.entries(action.inputs))
      if (input.required) expect(own?.with).toHaveProperty(name)
    const asked = [...text.matchAll(/steps\.sla\.outputs\.([\w-]+)/g)].map(([, name]) => name)
    expect(asked.length).toBeGreaterThan(3)
    for (const name of asked) expect(Object.keys(action.outputs)).toContain(name)
  })

  it('the one that init writes checks and audits', () => {
    const workflow = parse(readFileSync(join(root, 'examples/templates/shared/sla-ci.yml'), 'utf8'))
    const steps = workflow.jobs.sla.steps as readonly Step[]
    for (const { run } of steps) expect(run ?? '').not.toContain('${{')
    const repo = join(repository(), 'sla')
    const calls = join(repo, 'calls')
    const env = { ...workflow.env, CALLS: calls, SLA_AS_OF: '2026-06-07', GITHUB_STEP_SUMMARY: join(repo, 'summary') }
    const ran = steps.flatMap(({ name, run }) =>
      run === undefined
        ? []
        : [[name, bash(['-eo', 'pipefail', '-c', run], repo, { ...env, PERIOD: '2026-05' }).status]],
    )
    expect(ran).toEqual([
      ['Install sla', 0],
      ['Check the contract', 0],
      ['Audit', 0],
    ])
    expect(lines(calls)).toEqual(['install', '--global', './sla.tgz'])
    expect(readdirSync(join(repo, 'sla-report')).sort()).toEqual(['report.html', 'report.json', 'report.sarif'])
  })
})

describe('the GitLab template', () => {
  const job = yaml('gitlab/.gitlab-ci.yml').sla

  it('has reports that its script writes, and warns of what is not decided', () => {
    expect(job.allow_failure).toEqual({ exit_codes: [4] })
    const script = job.script.join('\n') as string
    for (const path of Object.values(job.artifacts.reports)) expect(script).toContain(`:${path}`)
    expect(job.artifacts.when).toBe('always')
    expect(job.artifacts.paths).toEqual(['sla-report/'])
  })

  it.each([
    ['kept', undefined, 0],
    ['breached', breaking, 1],
    ['not decided', undefined, 4],
  ] as const)('%s: ends with what sla says', (name, change, code) => {
    const repo = repository(change)
    if (name === 'not decided') withoutTickets(repo)
    const variables = Object.fromEntries(Object.entries(job.variables).map(([key, value]) => [key, String(value)]))
    const env = { ...variables, CALLS: join(repo, 'calls'), SLA_PERIOD: '2026-05', SLA_AS_OF: '2026-06-07' }
    const script = [...job.before_script, ...job.script].join('\n')
    // As the runner does where there is no bash.
    const { status } = bash(['-c', 'exec sh -eu -c "$1"', 'bash', script], repo, env)
    expect(status).toBe(code)
    expect(lines(env.CALLS)).toEqual(['install', '--global', '--no-audit', '--no-fund', './sla.tgz'])
    expect(readdirSync(join(repo, 'sla-report')).sort()).toEqual([
      'junit.xml',
      'quality.json',
      'report.html',
      'report.json',
    ])
    const quality = JSON.parse(readFileSync(join(repo, 'sla-report/quality.json'), 'utf8'))
    expect(quality.length > 0).toBe(code !== 0)
  })

  it.each(MONTHS)('in %s-%s audits %s where no period is given', (YEAR, MONTH, period) => {
    const repo = repository()
    const env = { CONTRACT: 'a.yaml', EVIDENCE: 'b', CALLS: join(repo, 'calls'), NOTE: 'yes', YEAR, MONTH }
    expect(bash(['-c', 'exec sh -eu -c "$1"', 'bash', job.script.join('\n')], repo, env).status).toBe(0)
    expect(lines(env.CALLS).at(-1)).toBe(`SLA_PERIOD=${period}`)
  })

  it('takes evidence line by line', () => {
    const repo = repository()
    cpSync(join(repo, 'sla/evidence'), join(repo, 'two words'), { recursive: true })
    const env = {
      CONTRACT: 'sla/contract.yaml',
      EVIDENCE: 'two words\n',
      SLA_PERIOD: '2026-05',
      SLA_AS_OF: '2026-06-07',
    }
    expect(bash(['-c', 'exec sh -eu -c "$1"', 'bash', job.script.join('\n')], repo, env).status).toBe(0)
  })
})

describe('the pre-commit hooks', () => {
  interface Hook {
    readonly id: string
    readonly name: string
    readonly entry: string
    readonly language: string
    readonly files: string
    readonly exclude?: string
  }
  const offered = yaml('pre-commit/.pre-commit-hooks.yaml') as readonly Hook[]
  const local = yaml('pre-commit/.pre-commit-config.yaml').repos[0] as {
    readonly repo: string
    readonly hooks: readonly Hook[]
  }

  it('check the contracts of a commit, and nothing else of it', () => {
    const [hook] = offered
    const takes = (file: string): boolean =>
      new RegExp(hook?.files ?? '^$').test(file) && !new RegExp(hook?.exclude ?? '^$').test(file)
    for (const file of [
      'contract.yaml',
      'sla/contract.yml',
      'deep/er/contract-eu.yaml',
      'sla-acme.json',
      'contracts/acme.yaml',
      'acme-sla.yaml',
    ])
      expect(takes(file)).toBe(true)
    for (const file of [
      'sla-ci.yml',
      '.sla/contract.schema.json',
      'node_modules/x/contract.yaml',
      'waivers.yaml',
      '.github/workflows/sla.yml',
      'contract.yaml.md',
    ]) {
      expect(takes(file), file).toBe(false)
    }
    expect(hook?.language).toBe('node')
    expect(local.repo).toBe('local')
    expect(local.hooks[0]?.language).toBe('system')
  })

  it.each([
    ['a good contract', undefined, 0],
    ['a wrong one', (text: string) => text.replace('window: calendar month', 'window: montly'), 1],
  ] as const)('%s', (_, change, code) => {
    const repo = repository(change)
    for (const { entry } of [...offered, ...local.hooks]) {
      const { status, stdout } = bash(['-c', `${entry} "$@"`, 'bash', 'sla/contract.yaml'], repo, {})
      expect(status).toBe(code)
      expect(stdout).toContain('sla/contract.yaml')
    }
  })
})

describe('the Dockerfile', () => {
  const text = readFileSync(join(ci, 'docker/Dockerfile'), 'utf8')
  const stages = text.split(/^FROM /m).slice(1)

  it('builds in one stage and runs in another, not as root', () => {
    expect(stages.map(stage => stage.split('\n')[0])).toEqual(['node:20-slim AS build', 'node:20-slim'])
    const last = stages[1]?.split('\n').filter(line => line !== '') ?? []
    expect(last).toContain('USER node')
    expect(last.indexOf('USER node')).toBeGreaterThan(last.findIndex(line => line.startsWith('RUN ')))
    expect(last.slice(-2)).toEqual(['ENTRYPOINT ["sla"]', 'CMD ["--help"]'])
    expect(last.filter(line => line.startsWith('COPY '))).toEqual(['COPY --from=build /tmp/sla.tgz /tmp/sla.tgz'])
  })

  it('copies what is there and runs scripts that there are, on a Node that the package takes', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g)) expect(manifest.scripts).toHaveProperty(script)
    for (const [, files = ''] of text.matchAll(/^COPY (package\S+ package\S+) /gm)) {
      for (const file of files.split(' ')) expect(existsSync(join(root, file))).toBe(true)
    }
    expect(manifest.engines.node).toMatch(/^>=20\./)
  })

  it('packs a tarball of the name that it takes, with all that the program reads', () => {
    const out = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
    }).stdout
    const [packed] = JSON.parse(out) as readonly {
      readonly filename: string
      readonly files: readonly { readonly path: string }[]
    }[]
    expect(packed?.filename).toMatch(/^sla-.*\.tgz$/)
    const files = packed?.files.map(({ path }) => path) ?? []
    for (const file of [
      'bin/sla.js',
      'dist/main.js',
      'schemas/waivers.schema.json',
      'examples/templates/shared/sla-ci.yml',
    ]) {
      expect(files).toContain(file)
    }
    for (const folder of ['examples/templates', 'examples/ci']) {
      for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
        if (/\.\w+$|Dockerfile$/.test(file) && !/evidence$/.test(file)) expect(files).toContain(`${folder}/${file}`)
      }
    }
  })
})

describe('the cron script', () => {
  const script = join(ci, 'cron/sla-report.sh')

  function mailed(
    repo: string,
    env: Readonly<Record<string, string>> = {},
    args = ['sla/contract.yaml', 'sla/evidence'],
  ) {
    const message = join(repo, 'message')
    const calls = join(repo, 'calls')
    const ran = bash([script, ...args], repo, {
      MAIL_TO: 'sla@example.com',
      SLA_PERIOD: '2026-05',
      SLA_AS_OF: '2026-06-07',
      MESSAGE: message,
      CALLS: calls,
      TMPDIR: base,
      ...env,
    })
    return { ...ran, calls: lines(calls), message: existsSync(message) ? readFileSync(message, 'utf8') : undefined }
  }

  /** Headers and parts of a message, decoded. */
  function read(message: string) {
    const [head = '', ...rest] = message.split('\n\n')
    const headers = Object.fromEntries(head.split('\n').map(line => line.split(/: (.*)/s).slice(0, 2)))
    const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? ''
    const parts = rest.join('\n\n').split(`--${boundary}`).slice(1, -1)
    const subject = Buffer.from(/\?B\?(.*)\?=/.exec(headers.Subject ?? '')?.[1] ?? '', 'base64').toString()
    return {
      headers,
      subject,
      parts: parts.map(part => {
        const [type = '', body = ''] = part.trim().split('\n\n')
        return { type, text: Buffer.from(body, 'base64').toString() }
      }),
    }
  }

  it('is executable, and so are the scripts of the action', () => {
    for (const file of [script, ...['install', 'audit', 'comment'].map(name => join(ci, `github/${name}.sh`))]) {
      expect(() => accessSync(file, constants.X_OK)).not.toThrow()
      expect(spawnSync('bash', ['-n', file]).status).toBe(0)
    }
  })

  it.each([
    ['nothing to act on', undefined],
    ['breached', breaking],
    ['needs a look', undefined],
  ] as const)('mails the report whatever the verdict: %s', (verdict, change) => {
    const repo = repository(change)
    if (verdict === 'needs a look') withoutTickets(repo)
    const { status, stdout, stderr, calls, message } = mailed(repo, { SLA_FAIL_ON: 'breached,unverified' })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(calls).toEqual(['-t', '-oi'])
    const { headers, subject, parts } = read(message ?? '')
    expect(headers.To).toBe('sla@example.com')
    expect(subject).toBe(`Service level agreement, 2026-05: ${verdict}`)
    expect(parts[0]?.text).toMatch(
      /^Service level agreement\nsla\/contract\.yaml, 2026-05, as of 2026-06-07T22:00:00\.000Z\n\n/,
    )
    expect(parts.map(({ type }) => type.split(';')[0])).toEqual(['Content-Type: text/plain', 'Content-Type: text/html'])
    expect(parts[0]?.text).toContain('uptime')
    expect(parts[1]?.text).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/i)
    for (const line of message?.split('\n') ?? []) expect(line.length).toBeLessThanOrEqual(76 + 50)
  })

  it.each(MONTHS)('in %s-%s audits %s where no period is given', (YEAR, MONTH, period) => {
    // What only writes down how it is called makes no report to mail.
    const { calls, status } = mailed(repository(), { SLA_PERIOD: '', NOTE: 'yes', YEAR, MONTH })
    expect(calls.at(-1)).toBe(`SLA_PERIOD=${period}`)
    expect(status).toBe(1)
  })

  it('fails loudly, and mails nothing, where there is no verdict', () => {
    const repo = repository()
    const { status, stderr, message } = mailed(repo, {}, ['sla/none.yaml', 'sla/evidence'])
    expect(status).toBe(3)
    expect(stderr).toContain("sla/none.yaml can't be read")
    expect(message).toBeUndefined()
    expect(mailed(repo, { SLA_PERIOD: 'yesterday' })).toMatchObject({ status: 2, message: undefined })
  })

  it('fails where the mailer does', () => {
    const repo = repository()
    expect(mailed(repo, { SENDMAIL: 'false' }).status).toBe(1)
  })

  it('refuses to go without an address, or with one that brings a header', () => {
    const repo = repository()
    expect(mailed(repo, { MAIL_TO: '' })).toMatchObject({ message: undefined })
    expect(mailed(repo, { MAIL_TO: '' }).status).not.toBe(0)
    const bad = mailed(repo, { MAIL_TO: 'a@example.com\nBcc: b@example.com' })
    expect(bad).toMatchObject({ status: 2, message: undefined })
    expect(mailed(repo, {}, ['sla/contract.yaml'])).toMatchObject({ status: 2, message: undefined })
  })

  it('takes paths with blanks, and leaves no files behind', () => {
    const repo = repository()
    cpSync(join(repo, 'sla/evidence'), join(repo, 'two words $(touch owned)'), { recursive: true })
    const before = readdirSync(base).length
    const { status } = mailed(repo, { MAIL_FROM: 'reports@example.com' }, [
      'sla/contract.yaml',
      'two words $(touch owned)',
    ])
    expect(status).toBe(0)
    expect(existsSync(join(repo, 'owned'))).toBe(false)
    expect(readdirSync(base).length).toBe(before)
  })
})

describe('the recipes', () => {
  it('are all in the README', () => {
    const readme = readFileSync(join(ci, 'README.md'), 'utf8')
    const files = readdirSync(ci, { recursive: true, encoding: 'utf8' }).filter(file =>
      /\/(\.?[\w-]+\.ya?ml|Dockerfile|sla-\w+\.sh)$/.test(file),
    )
    expect(files.length).toBeGreaterThan(5)
    for (const file of files) expect(readme).toContain(`](${file})`)
  })
})
