/** Completion scripts for bash, zsh and fish, written from the tree of what can be typed. */
import type { CompletedOption, CompletedPlace, ValueKind } from './completionTree.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export function completionScript(shell: Shell, places: readonly CompletedPlace[]): string {
	return { bash, zsh, fish }[shell](places);
}

/** Names of runs and of problem sets, found from here upwards, in the words that bash and zsh share. */
const finders = `_flex_learn_runs() {
	local folder=$PWD
	while [ -n "$folder" ] && [ ! -d "$folder/.flex" ]; do folder=\${folder%/*}; done
	if [ -d "$folder/.flex/runs" ]; then command ls "$folder/.flex/runs"; fi
}
_flex_learn_sets() {
	command find . .flex/datasets -maxdepth 4 -name node_modules -prune -o -name flex-task.json -print 2>/dev/null |
		command sed -e 's|/flex-task.json$||' -e 's|^\\./||' | command sort -u
}`;

/** Walks over the words before the cursor: which command they name, values of options left out. */
function walk(places: readonly CompletedPlace[], words: string, first: number, end: string): string {
	return `	for ((i = ${first}; i < ${end}; i++)); do
		word=\${${words}[i]}
		case "$word" in
			${valueOptions(places).join('|')}) ((i++)) ;;
			-*) ;;
			*)
				case "$place/$word" in
					${placeNames(places).join('|')}) place="$place/$word" ;;
				esac
				;;
		esac
	done`;
}

function bash(places: readonly CompletedPlace[]): string {
	return `# Completion of flex-learn for bash. Try it: source <(flex-learn completion bash)
# Keep it: flex-learn completion bash > ~/.local/share/bash-completion/completions/flex-learn
${finders}
_flex_learn() {
	local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} place= word i found=
	COMPREPLY=()
${walk(places, 'COMP_WORDS', 1, 'COMP_CWORD')}
	if [[ $cur == '=' ]]; then
		cur=
	elif [[ $prev == '=' ]]; then
		prev=\${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case "$place $prev" in
${valueCases(places, (value) => `found="${bashWords(value)}"`)}
		*)
			case "$place" in
${places.map((place) => `				${quoted(place.path)})\n					if [[ $cur == -* ]]; then found=${quoted(optionNames(place).join(' '))}; else found="${argumentWords(place, bashWords)}"; fi\n					;;`).join('\n')}
			esac
			;;
	esac
	local IFS=$' \\t\\n'
	# Nothing of our own: the shell completes names of files.
	COMPREPLY=($(compgen -W "$found" -- "$cur"))
}
complete -o default -F _flex_learn flex-learn
`;
}

function zsh(places: readonly CompletedPlace[]): string {
	return `#compdef flex-learn
# Completion of flex-learn for zsh. Keep it in a folder of $fpath:
#   flex-learn completion zsh > ~/.zfunc/_flex-learn
${finders}
_flex_learn() {
	local place= word i prev=\${words[CURRENT - 1]}
	local -a found
${walk(places, 'words', 2, 'CURRENT')}
	case "$place $prev" in
${valueCases(places, zshAction)}
	esac
	case "$place" in
${places.map((place) => zshPlace(place)).join('\n')}
	esac
}
if [ "$funcstack[1]" = "_flex_learn" ] || [ "$funcstack[1]" = "_flex-learn" ]; then
	_flex_learn "$@"
else
	compdef _flex_learn flex-learn
fi
`;
}

function zshPlace(place: CompletedPlace): string {
	const options = place.options.flatMap(({ names, description }) => names.map((name) => described(name, description)));
	const commands = place.commands.map(({ name, description }) => described(name, description));
	const values = place.value ? `\n				${zshAction(place.value).replace('; return', '')}` : '';
	return `		${quoted(place.path)})
			if [[ $words[CURRENT] == -* ]]; then
				found=(${options.map(quoted).join(' ')})
				_describe option found
			else
				found=(${commands.map(quoted).join(' ')})
				(( $#found )) && _describe command found${values}
			fi
			;;`;
}

/** `name:what it does`, as _describe reads it. */
function described(name: string, description: string): string {
	return `${name.replaceAll(':', '\\:')}:${description}`;
}

function zshAction(value: ValueKind): string {
	if (value.kind === 'words') return `compadd -- ${value.words.map(quoted).join(' ')}; return`;
	// Lines of what is found, each a word.
	const lines = (finder: string): string => `compadd -- \${(f)"$(${finder})"}; return`;
	if (value.kind === 'run') return lines('_flex_learn_runs');
	return value.kind === 'set' ? lines('_flex_learn_sets') : '_files; return';
}

function bashWords(value: ValueKind): string {
	if (value.kind === 'words') return value.words.join(' ');
	if (value.kind === 'run') return '$(_flex_learn_runs)';
	return value.kind === 'set' ? '$(_flex_learn_sets)' : '';
}

function fish(places: readonly CompletedPlace[]): string {
	return `# Completion of flex-learn for fish. Keep it:
#   flex-learn completion fish > ~/.config/fish/completions/flex-learn.fish
function __flex_learn_place
	set -l place ''
	set -l skip 0
	for word in (commandline -opc)[2..-1]
		if test $skip -eq 1
			set skip 0
			continue
		end
		switch $word
			case ${valueOptions(places).join(' ')}
				set skip 1
			case '-*'
			case '*'
				if contains -- "$place/$word" ${placeNames(places).join(' ')}
					set place "$place/$word"
				end
		end
	end
	echo $place
end
function __flex_learn_at
	test (__flex_learn_place) = "$argv[1]"
end
function __flex_learn_runs
	set -l folder $PWD
	while test -n "$folder"; and not test -d "$folder/.flex"
		set folder (string replace -r '/[^/]*$' '' -- $folder)
	end
	if test -d "$folder/.flex/runs"
		command ls "$folder/.flex/runs"
	end
end
function __flex_learn_sets
	command find . .flex/datasets -maxdepth 4 -name node_modules -prune -o -name flex-task.json -print 2>/dev/null | command sed -e 's|/flex-task.json$||' -e 's|^\\./||' | command sort -u
end
${places.flatMap(fishPlace).join('\n')}
`;
}

function fishPlace(place: CompletedPlace): readonly string[] {
	const at = `complete -c flex-learn -n ${quoted(`__flex_learn_at '${place.path}'`)}`;
	const commands = place.commands.map(({ name, description }) => `${at} -f -a ${name} -d ${quoted(description)}`);
	const options = place.options.map((option) => `${at} ${fishOption(option)}`);
	const value = place.value ? fishValue(place.value) : '';
	return [...commands, ...(value === '' ? [] : [`${at} ${value}`]), ...options];
}

function fishOption({ names, description, value }: CompletedOption): string {
	const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
	const given = value ? [fishValue(value).replace('-f -a', '-x -a') || '-r'] : [];
	return [...flags, ...given, '-d', quoted(description)].join(' ');
}

function fishValue(value: ValueKind): string {
	if (value.kind === 'words') return `-f -a ${quoted(value.words.join(' '))}`;
	if (value.kind === 'run') return "-f -a '(__flex_learn_runs)'";
	return value.kind === 'set' ? "-f -a '(__flex_learn_sets)'" : '';
}

/** A case for every option of every place whose values are known. */
function valueCases(places: readonly CompletedPlace[], action: (value: ValueKind) => string): string {
	return places
		.flatMap((place) =>
			place.options.flatMap(({ names, value }) =>
				value ? [`		${names.map((name) => quoted(`${place.path} ${name}`)).join('|')}) ${action(value)} ;;`] : [],
			),
		)
		.join('\n');
}

function argumentWords(place: CompletedPlace, words: (value: ValueKind) => string): string {
	const commands = place.commands.map(({ name }) => name);
	return [...commands, ...(place.value ? [words(place.value)] : [])].join(' ');
}

function optionNames({ options }: CompletedPlace): readonly string[] {
	return options.flatMap(({ names }) => names);
}

/** Options that take a value, wherever they stand: it is no command. */
function valueOptions(places: readonly CompletedPlace[]): readonly string[] {
	const options = places.flatMap((place) => place.options.filter(({ value }) => value));
	return [...new Set(options.flatMap(({ names }) => names))];
}

function placeNames(places: readonly CompletedPlace[]): readonly string[] {
	return places.map(({ path }) => path).filter((path) => path !== '');
}

/** In single quotes, whatever it holds; every one of the shells reads that. */
function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
