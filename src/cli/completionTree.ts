/** What can be typed after `flex-learn`, read off the program itself: commands, options, and what their values are. */
import type { Argument, Command, Option } from 'commander';
import { armNames } from '../core/evaluation/arms.js';
import { statuses } from '../core/experience/experience.js';

/** What stands in the place of a value: one of some words, a file or folder, a problem set, a run, or free text. */
export type ValueKind =
	| { readonly kind: 'words'; readonly words: readonly string[] }
	| { readonly kind: 'path' | 'set' | 'run' | 'text' };

export interface CompletedOption {
	/** `--split`, and `-m` where there is a short form. */
	readonly names: readonly string[];
	readonly description: string;
	/** Absent for a switch. */
	readonly value?: ValueKind;
}

/** A place in the command line: the program itself, or a command of it. */
export interface CompletedPlace {
	/** `` for the program, `/model/get` for a command in a command. */
	readonly path: string;
	readonly description: string;
	readonly commands: readonly { readonly name: string; readonly description: string }[];
	readonly options: readonly CompletedOption[];
	/** Of every argument. */
	readonly value?: ValueKind;
}

/** Words that options take, by name; what commander knows as choices goes before. */
export const optionWords: Readonly<Record<string, readonly string[]>> = {
	'--split': ['train', 'dev', 'test'],
	'--arms': armNames,
	'--status': statuses,
	'--from': ['official', 'mirror'],
};

/** What arguments and the values of options are, by the name between their brackets. */
const valueNames: Readonly<Record<string, Exclude<ValueKind, { kind: 'words' }>['kind']>> = {
	file: 'path',
	folder: 'path',
	set: 'set',
	run: 'run',
	ulid: 'run',
};

/** Every place, the program first. */
export function completionTree(program: Command): readonly CompletedPlace[] {
	return placesOf(program, '', program.options.map(optionOf));
}

function placesOf(command: Command, path: string, globals: readonly CompletedOption[]): readonly CompletedPlace[] {
	// A command that stands for its parent, as "runs <id>" for "runs show <id>".
	const name: unknown = Reflect.get(command, '_defaultCommandName');
	const standsFor = command.commands.find((child) => child.name() === name);
	const own = path === '' ? [] : [command, ...(standsFor ? [standsFor] : [])];
	const [argument] = own.flatMap((each) => each.registeredArguments);
	const children = command.createHelp().visibleCommands(command);
	const value = argument ? argumentValue(argument, path) : helpValue(command, path);
	const place: CompletedPlace = {
		path,
		description: command.description(),
		commands: children
			.filter((child) => path === '' || child.name() !== 'help')
			.map((child) => ({ name: child.name(), description: child.description() })),
		options: [...own.flatMap((each) => each.options.map(optionOf)), ...globals, helpOption],
		...(value ? { value } : {}),
	};
	return [place, ...children.flatMap((child) => placesOf(child, `${path}/${child.name()}`, globals))];
}

const helpOption: CompletedOption = { names: ['-h', '--help'], description: 'display help for command' };

function optionOf(option: Option): CompletedOption {
	const names = [option.short, option.long].filter((name) => name !== undefined);
	const { description } = option;
	if (!option.required && !option.optional) return { names, description };
	const words = option.argChoices ?? optionWords[option.long ?? ''];
	const [, inBrackets = ''] = /[<[]([a-z]+)/u.exec(option.flags) ?? [];
	const value: ValueKind = words ? { kind: 'words', words } : { kind: valueNames[inBrackets] ?? 'text' };
	return { names, description, value };
}

function argumentValue(argument: Argument, path: string): ValueKind {
	if (argument.argChoices) return { kind: 'words', words: argument.argChoices };
	if (path.startsWith('/runs') && argument.name() === 'id') return { kind: 'run' };
	return { kind: valueNames[argument.name()] ?? 'text' };
}

/** After "help" comes the name of a command. */
function helpValue({ parent }: Command, path: string): ValueKind | undefined {
	if (path !== '/help' || !parent) return undefined;
	return { kind: 'words', words: parent.commands.map((command) => command.name()) };
}
