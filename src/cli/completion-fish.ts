import type { CommandTree, OptionTree, Place } from './completion-tree.ts'

/** A completion script for fish, 3.0 and later. */
export function fishScript(commands: readonly CommandTree[]): string {
  return `# Completion of sla for fish: sla completion fish | source
function __sla_is
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $words[2] $argv
end

function __sla_place
    set -l words (commandline -opc)
    set -l places (string match --invert -- '-*' $words[3..-1])
    test (count $places) -eq $argv[1]
end

function __sla_output
    set -l word (commandline -ct)
    if string match -q '*:*' -- $word
        set -l format (string replace -r ':.*' '' -- $word)
        __fish_complete_path (string replace -r '^[^:]*:' '' -- $word) | string replace -r '^' "$format:"
    else
        for format in $argv
            printf '%s\\t%s\\n' "$format:" format
        end
        __fish_complete_path $word
    end
end

complete -c sla -n 'not __sla_is ${commands.map(({ name }) => name).join(' ')}' -f
complete -c sla -n 'not __sla_is ${commands.map(({ name }) => name).join(' ')}' -s h -l help -d 'display help for command'
complete -c sla -n 'not __sla_is ${commands.map(({ name }) => name).join(' ')}' -s V -l version -d 'output the version number'
${commands.flatMap(one => commandLines(one, commands)).join('\n')}
`
}

function commandLines({ name, about, options, places }: CommandTree, all: readonly CommandTree[]): readonly string[] {
  const names = all.map(command => command.name).join(' ')
  const here = `complete -c sla -n '__sla_is ${name}'`
  return [
    `complete -c sla -n 'not __sla_is ${names}' -a ${name} -d ${quoted(about)}`,
    ...options.map(option => `${here} ${optionWords(option)} -d ${quoted(option.about)}`),
    ...(places.some(({ kind }) => kind === 'file') ? [] : [`${here} -f`]),
    ...places.flatMap((place, i) => placeLines(name, place, i)),
  ]
}

function optionWords({ names, value }: OptionTree): string {
  const forms = names.map(name => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  return value === undefined ? forms.join(' ') : `${forms.join(' ')} ${valueWords(value)}`
}

function valueWords({ kind, words }: Place): string {
  if (kind === 'words') return `-x -a ${quoted(words.join(' '))}`
  if (kind === 'list') return `-x -a ${quoted(`(__fish_append , ${words.join(' ')})`)}`
  if (kind === 'output') return `-x -a ${quoted(`(__sla_output ${words.join(' ')})`)}`
  if (kind === 'text') return '-x'
  return kind === 'directory' ? `-x -a ${quoted('(__fish_complete_directories)')}` : '-r -F'
}

function placeLines(command: string, { kind, words }: Place, i: number): readonly string[] {
  const there = `complete -c sla -n '__sla_is ${command}; and __sla_place ${i}'`
  if (kind === 'words') return [`${there} -a ${quoted(words.join(' '))}`]
  if (kind === 'directory') return [`${there} -a ${quoted('(__fish_complete_directories)')}`]
  return []
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`
}
