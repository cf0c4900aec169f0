/** `flex-learn import` and `export`: libraries as files, in the reference's JSON or one experience a line. */
import { existsSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Experience } from '../../core/experience/experience.js';
import { instructionBudget } from '../../core/experience/instructionBlock.js';
import { ExchangeError } from '../../library/exchange/exchangeError.js';
import { readExperienceFolder, writeExperienceFolder } from '../../library/exchange/experienceFolder.js';
import { type ImportCounts, importExperiences } from '../../library/exchange/importExperiences.js';
import { size } from '../../runs/diskUse.js';
import { type ExportFormat, exportLibrary } from '../../runs/exportLibrary.js';
import { importFolder } from '../../runs/importFolder.js';
import { type LibraryFile, type Remark, readLibraryFile } from '../../runs/libraryFile.js';
import { UsageError } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import type { Terminal } from '../output.js';
import { counted, printable, wrapped } from '../page.js';
import type { Session } from '../session.js';
import { exportInstructions } from './exportInstructions.js';

interface ImportFlags {
	readonly accept?: boolean;
	readonly set?: string;
	readonly git?: boolean;
}

interface ExportFlags {
	readonly format?: string;
	readonly force?: boolean;
	readonly git?: boolean;
	readonly instructions?: string;
	readonly budget?: number;
}

/** Remarks of one kind that are listed; `--json` has all. */
const listedRemarks = 8;

export function registerImportExport(program: Command): void {
	program
		.command('import')
		.argument('[file]', "the reference implementation's JSON, or JSONL of an export")
		.description('Bring in experiences from a file; they wait in quarantine until you accept them.')
		.option('--accept', 'use them at once')
		.option('--set <name>', 'problem set that they belong to (default: what the file says, or its name)')
		.option('--git', 'import the files of .flex/experiences, as a team shares them')
		.addHelpText(
			'after',
			`
Importing a file again changes nothing: an experience is known by its content.

Examples:
  flex-learn import aime_library.json              look at it: flex-learn search … --status quarantined
  flex-learn import team.jsonl --accept`,
		)
		.action(
			withSession((session, file: string | undefined, flags: ImportFlags) => {
				if (flags.git && file === undefined) return importShared(session, flags);
				if (flags.git || file === undefined) throw new UsageError('Name a file, or give --git; one of the two.');
				return importFile(session, file, flags);
			}),
		);
	program
		.command('export')
		.argument('[file]', 'to write')
		.description('Write the library to a file that other people and tools can read.')
		.option(
			'--format <name>',
			'jsonl (everything, exactly), reference or markdown (default: by the ending .jsonl, .json or .md)',
		)
		.option('--force', 'write over a file that is there')
		.option('--git', 'write .flex/experiences, sorted text files for a team to commit')
		.option('--instructions <file>', 'put the best rules into a file that agents read, such as AGENTS.md')
		.option('--budget <tokens>', `with --instructions: tokens at most (default: ${instructionBudget.default})`, number)
		.addHelpText(
			'after',
			`
--instructions keeps to a marked block of the file, updates it in place, and touches nothing else.

Examples:
  flex-learn export library.jsonl
  flex-learn export --instructions AGENTS.md --budget 1000`,
		)
		.action(
			withSession((session, file: string | undefined, flags: ExportFlags) => {
				const { git = false, instructions, budget } = flags;
				if ([git, instructions !== undefined, file !== undefined].filter(Boolean).length !== 1) {
					throw new UsageError('Name a file, or give --git or --instructions; one of the three.');
				}
				if (budget !== undefined && instructions === undefined) {
					throw new UsageError('--budget goes with --instructions; the other formats hold everything.');
				}
				if (instructions !== undefined) return exportInstructions(session, instructions, budget);
				return file === undefined ? exportFolder(session) : exportFile(session, file, flags);
			}),
		);
}

async function importFile(session: Session, path: string, { accept = false, set }: ImportFlags): Promise<number> {
	const { terminal } = session;
	const file = fileAt(path);
	const experiences = file.experiences.map(placedIn(set));
	const counts = await importExperiences(await session.library(), experiences, { file: file.name, accept });
	const { experiences: _, ...report } = file;
	terminal.data({ ...report, accepted: accept, counts });
	const version = file.version === undefined ? '' : ` ${file.version}`;
	const entries = file.format === 'jsonl' ? counted(file.entries, 'line') : counted(file.entries, 'entry', 'entries');
	terminal.say(
		`${printable(file.name)} (${file.format === 'jsonl' ? 'JSONL' : 'reference JSON'}${version}): ${entries}, ${counted(file.patterns, 'pattern')}.`,
	);
	showCounts(counts, accept, terminal);
	showRemarks(file, terminal);
	return 0;
}

/** @throws {UsageError} where the file can't be used */
function fileAt(path: string): LibraryFile {
	try {
		return readLibraryFile(path, new Date().toISOString());
	} catch (error) {
		if (error instanceof ExchangeError) throw new UsageError(error.message, { cause: error });
		throw error;
	}
}

async function importShared(session: Session, { accept = false, set }: ImportFlags): Promise<number> {
	const { terminal, workspace } = session;
	const folder = join(workspace.flex, 'experiences');
	const read = readExperienceFolder(folder);
	const { experiences, messages, conflicts } = read;
	const counts = await importFolder(await session.library(), folder, read, accept, placedIn(set));
	terminal.data({ folder, accepted: accept, counts, messages, conflicts });
	terminal.say(`${folder}: ${counted(experiences.length, 'experience')}.`);
	showCounts(counts, accept, terminal);
	if (conflicts.length > 0) {
		terminal.say(`  Conflicts of a merge in ${conflicts.join(', ')} are resolved; both sides stand in the history.`);
		terminal.say('  Commit the result: git add .flex/experiences && git commit');
	}
	for (const message of messages) terminal.warn(printable(message));
	return 0;
}

/** @param set the problem set that they belong to; undefined: as they say */
function placedIn(set: string | undefined): (experience: Experience) => Experience {
	return (experience) => (set === undefined ? experience : { ...experience, origin: { ...experience.origin, set } });
}

function showCounts(counts: ImportCounts, accept: boolean, terminal: Terminal): void {
	const { conflicts } = counts;
	const parts = [
		`${counts.new} new`,
		`${counts.known} known already`,
		...(counts.repeats > 0
			? [`${counts.repeats} that ${counts.repeats === 1 ? 'repeats' : 'repeat'} others word for word`]
			: []),
		...(counts.marked > 0 ? [`${counts.marked} put to use or marked otherwise`] : []),
		...(conflicts.theirs > 0 ? [`${conflicts.theirs} changed by the file`] : []),
		...(conflicts.ours > 0 ? [`${conflicts.ours} in the file older than here`] : []),
	];
	terminal.say(`  ${counted(counts.experiences, 'experience')}: ${parts.join(', ')}.`);
	if (counts.repeats > 0)
		terminal.say('  What repeats others waits in quarantine; "flex-learn dedupe" joins it with them.');
	if (counts.new === 0) return;
	if (accept) terminal.say('  They are in use now.');
	else
		terminal.say('  New ones wait in quarantine: "flex-learn accept <id…>", or "flex-learn accept --all-quarantined".');
}

function showRemarks({ cut, odd, skipped, notes }: LibraryFile, terminal: Terminal): void {
	for (const note of notes) terminal.warn(printable(note));
	for (const { entry, patterns, parts } of cut) {
		terminal.say(`  Cut: ${entry} had ${patterns} patterns and became ${parts} linked parts.`);
	}
	showList('Odd, and mended', odd, terminal);
	showList('Skipped', skipped, terminal);
}

/** Equal remarks stand together. */
function showList(title: string, remarks: readonly Remark[], terminal: Terminal): void {
	if (remarks.length === 0) return;
	const byWhat = new Map<string, string[]>();
	for (const { entry, what } of remarks) byWhat.set(what, [...(byWhat.get(what) ?? []), entry]);
	terminal.say(`  ${title}: ${remarks.length}`);
	for (const [what, entries] of [...byWhat].slice(0, listedRemarks)) {
		const places = entries.slice(0, listedRemarks).join(', ');
		const more = entries.length > listedRemarks ? `, … (${entries.length} in all)` : '';
		for (const line of wrapped(`${places}${more}: ${what}`, '    ')) terminal.say(line);
	}
	if (byWhat.size > listedRemarks) terminal.say(`    … and ${byWhat.size - listedRemarks} kinds more; --json has all.`);
}

async function exportFile(session: Session, path: string, flags: ExportFlags): Promise<number> {
	const { terminal } = session;
	const file = resolve(path);
	const format = formatFor(path, flags.format);
	refuse(file, flags.force === true);
	const store = await session.library(undefined, true);
	const { experiences, left, bytes } = await exportLibrary(store, file, format);
	terminal.data({ file, format, experiences, left, bytes });
	terminal.say(`Wrote ${counted(experiences, 'experience')} to ${path} (${size(bytes)}).`);
	if (left > 0) terminal.note(`${left} that are not in use were left out: this format knows no status.`);
	return 0;
}

async function exportFolder(session: Session): Promise<number> {
	const { terminal, workspace } = session;
	const folder = join(workspace.flex, 'experiences');
	const store = await session.library(undefined, true);
	const written = writeExperienceFolder(folder, await store.list());
	terminal.data({ folder, ...written });
	terminal.say(
		`Wrote ${counted(written.experiences, 'experience')} to ${counted(written.files.length, 'file')} in ${folder}.`,
	);
	if (written.kept > 0)
		terminal.note(`${written.kept} that only the folder has were kept; "import --git" brings them in.`);
	for (const message of written.messages) terminal.warn(message);
	return 0;
}

const formatOfEnding: Readonly<Record<string, ExportFormat>> = {
	'.jsonl': 'jsonl',
	'.json': 'reference',
	'.md': 'markdown',
};

function formatFor(path: string, name: string | undefined): ExportFormat {
	if (name === undefined) {
		const format = formatOfEnding[extname(path).toLowerCase()];
		if (format) return format;
		throw new UsageError(`The ending of ${path} names no format: give it .jsonl, .json or .md, or say --format.`);
	}
	if (name === 'jsonl' || name === 'reference' || name === 'markdown') return name;
	throw new UsageError(`There is no format "${name}"; there are jsonl, reference and markdown.`);
}

function refuse(file: string, force: boolean): void {
	if (!existsSync(file)) return;
	if (statSync(file).isDirectory()) throw new UsageError(`${file} is a folder; name a file in it.`);
	if (!force) throw new UsageError(`${file} is there already; write over it with --force.`);
}
