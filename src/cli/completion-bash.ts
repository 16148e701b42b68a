import type { CommandTree, OptionTree, Place } from './completion-tree.ts'

/** A completion script for bash, 3.2 and later. */
export function bashScript(commands: readonly CommandTree[]): string {
  const names = commands.map(({ name }) => name)
  return `# Completion of sla for bash: eval "$(sla completion bash)"
_sla() {
  local words word glue n i command cur value lead kind list option place ended
  # What bash splits at : and = is put together again.
  words=() glue= n=0
  for word in "\${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    if [[ $n -gt 0 && ( $word == [:=]* || -n $glue ) ]]; then
      words[n-1]+=$word
    else
      words[n]=$word n=$((n + 1))
    fi
    if [[ $word == *[:=] ]]; then glue=1; else glue=; fi
  done
  cur=\${words[n-1]}
  COMPREPLY=() command= option= place=0 ended=
  for ((i = 1; i < n - 1; i++)); do
    word=\${words[i]}
    if [[ -z $command ]]; then
      if [[ $word != -* ]]; then command=$word; fi
    elif [[ -n $option ]]; then
      option=
    elif [[ -n $ended ]]; then
      place=$((place + 1))
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word == -?* ]]; then
      if [[ $word != *=* ]]; then
        _sla_value "$command $word"
        if [[ -n $kind ]]; then option=$word; fi
      fi
    else
      place=$((place + 1))
    fi
  done
  value=$cur lead=
  if [[ -z $command ]]; then
    kind=words list='${names.join(' ')} --help --version'
  elif [[ -n $option ]]; then
    _sla_value "$command $option"
  elif [[ -z $ended && $cur == --*=* ]]; then
    value=\${cur#*=} lead=\${cur%%=*}=
    _sla_value "$command \${cur%%=*}"
  elif [[ -z $ended && $cur == -* ]]; then
    kind=words
    _sla_options "$command"
  else
    _sla_place "$command" "$place"
  fi
  case $kind in
    words) _sla_words "$value" "$list" ;;
    list)
      lead+=\${value%"\${value##*,}"}
      _sla_words "\${value##*,}" "$list"
      compopt -o nospace 2> /dev/null
      ;;
    file) _sla_files -f "$value" ;;
    directory) _sla_files -d "$value" ;;
    output)
      if [[ $value == *:* ]]; then
        lead+=\${value%%:*}:
        _sla_files -f "\${value#*:}"
      else
        _sla_files -f "$value"
        for word in $list; do
          if [[ $word == "$value"* ]]; then
            COMPREPLY+=("$word:")
            # The colon of a file's name would be escaped.
            compopt +o filenames 2> /dev/null
          fi
        done
        compopt -o nospace 2> /dev/null
      fi
      ;;
  esac
  # Only what follows the last : or = is replaced.
  word=\${COMP_WORDS[COMP_CWORD]}
  if [[ $word == [:=] ]]; then word=; fi
  cur=\${cur%"$word"}
  for ((i = 0; i < \${#COMPREPLY[@]}; i++)); do
    word=$lead\${COMPREPLY[i]}
    COMPREPLY[i]=\${word#"$cur"}
  done
}

_sla_words() {
  local word
  for word in $2; do
    if [[ $word == "$1"* ]]; then COMPREPLY+=("$word"); fi
  done
}

_sla_files() {
  local line
  compopt -o filenames 2> /dev/null
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" -- "$2")
}

_sla_options() {
  case $1 in
${commands.map(({ name, options }) => `    ${name}) list='${options.flatMap(one => one.names).join(' ')}' ;;`).join('\n')}
    *) list= ;;
  esac
}

_sla_value() {
  kind= list=
  case $1 in
${valueCases(commands).join('\n')}
  esac
}

_sla_place() {
  kind= list=
  case "$1 $2" in
${commands.flatMap(placeCases).join('\n')}
  esac
}

complete -F _sla sla
`
}

/** One line for all options, of whatever commands, that take the same. */
function valueCases(commands: readonly CommandTree[]): readonly string[] {
  const patterns = new Map<string, string[]>()
  for (const { name, options } of commands) {
    for (const option of options) {
      if (option.value === undefined) continue
      const key = assigned(option.value)
      patterns.set(key, [...(patterns.get(key) ?? []), ...patternsOf(name, option)])
    }
  }
  return [...patterns].map(([key, all]) => `    ${all.join(' | ')}) ${key} ;;`)
}

function patternsOf(command: string, { names }: OptionTree): readonly string[] {
  return names.map(name => `'${command} ${name}'`)
}

function placeCases({ name, places, more }: CommandTree): readonly string[] {
  return places.map((place, i) => {
    const last = more && i === places.length - 1
    return `    ${last ? `'${name} '*` : `'${name} ${i}'`}) ${assigned(place)} ;;`
  })
}

function assigned({ kind, words }: Place): string {
  return words.length === 0 ? `kind=${kind}` : `kind=${kind} list='${words.join(' ')}'`
}
