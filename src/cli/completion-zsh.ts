import type { CommandTree, OptionTree, Place } from './completion-tree.ts'

/** A completion script for zsh; to be evaluated after compinit, or put into a directory of fpath as `_sla`. */
export function zshScript(commands: readonly CommandTree[]): string {
  return `#compdef sla
# Completion of sla for zsh: eval "$(sla completion zsh)"
_sla() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C \\
    '(- *)'{-h,--help}'[display help for command]' \\
    '(- *)'{-V,--version}'[output the version number]' \\
    '1:command:->command' \\
    '*::argument:->argument'
  case $state in
    command)
      local -a commands
      commands=(
${commands.map(({ name, about }) => `        ${quoted(`${name}:${about}`)}`).join('\n')}
      )
      _describe command commands
      ;;
    argument)
      case $line[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}

_sla_output() {
  if compset -P '*:'; then
    _files
  else
    _alternative "formats:format:compadd -S : -- $*" 'files:file:_files'
  fi
}

if [ "$funcstack[1]" = _sla ]; then
  _sla "$@"
else
  compdef _sla sla
fi
`
}

function commandCase({ name, options, places, more }: CommandTree): string {
  const specs = [
    ...options.map(optionSpec),
    ...places.map((place, i) => {
      const at = more && i === places.length - 1 ? '*' : String(i + 1)
      return quoted(`${at}:argument:${action(place)}`)
    }),
  ]
  return `        ${name})
          _arguments -s -S \\
${specs.map(spec => `            ${spec}`).join(' \\\n')}
          ;;`
}

/** `'(-f --format)'{-f+,--format=}'[what goes to stdout]:value:(pretty json)'` */
function optionSpec({ names, about, value }: OptionTree): string {
  const forms = names.map(name => (value === undefined ? name : name.startsWith('--') ? `${name}=` : `${name}+`))
  const before = /\brepeatable\b/.test(about) ? quoted('*') : names.length > 1 ? quoted(`(${names.join(' ')})`) : ''
  const text = `[${about.replaceAll(/[\\[\]:]/g, '\\$&')}]${value === undefined ? '' : `:value:${action(value)}`}`
  return `${before}${forms.length === 1 ? forms[0] : `{${forms.join(',')}}`}${quoted(text)}`
}

/** An action with a blank before it is run as it stands. */
function action({ kind, words }: Place): string {
  if (kind === 'words') return `(${words.join(' ')})`
  if (kind === 'list') return ` _values -s , value ${words.join(' ')}`
  if (kind === 'output') return ` _sla_output ${words.join(' ')}`
  if (kind === 'text') return ' '
  return kind === 'directory' ? '_files -/' : '_files'
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
