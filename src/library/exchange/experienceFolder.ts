/** The folder `.flex/experiences`: the library as text files that a team commits, one a domain. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Experience } from '../../core/experience/experience.js';
import { renameDurably, writeDurably } from '../files.js';
import { isMissing } from '../ioErrors.js';
import { readJsonl, writeJsonl } from './jsonl.js';
import { isAhead } from './precedence.js';

export interface FolderImport {
	readonly experiences: readonly Experience[];
	/** Lines that could not be used or not wholly, each with file, line and reason. */
	readonly messages: readonly string[];
	/** The other versions of experiences that stand there more than once; import them first, so that nothing is lost. */
	readonly overtaken: readonly Experience[];
	/** Files in which a git merge left conflicts. */
	readonly conflicts: readonly string[];
}

/** All experiences of the folder's files; none where there is no folder. */
export function readExperienceFolder(folder: string): FolderImport {
	const experiences = new Map<string, Experience>();
	const messages: string[] = [];
	const overtaken: Experience[] = [];
	const conflicts: string[] = [];
	for (const name of jsonlFiles(folder)) {
		const read = readJsonl(readFileSync(join(folder, name), 'utf8'));
		if (read.conflicts > 0) conflicts.push(name);
		overtaken.push(...read.overtaken);
		for (const { line, why } of read.skipped) messages.push(`${name}, line ${line}, was left out. ${why}`);
		for (const { line, what } of read.notes) messages.push(`${name}, line ${line}: ${what}`);
		for (const experience of read.experiences) {
			const twin = experiences.get(experience.id);
			const ahead = !twin || isAhead(experience, twin);
			if (twin) overtaken.push(ahead ? twin : experience);
			if (ahead) experiences.set(experience.id, experience);
		}
	}
	return { experiences: [...experiences.values()], messages, overtaken, conflicts };
}

export interface FolderExport {
	readonly files: readonly string[];
	readonly experiences: number;
	/** Experiences that only the folder had, as after a pull that was not imported yet; they were kept. */
	readonly kept: number;
	readonly messages: readonly string[];
}

/**
 * Writes the experiences, sorted, so that equal libraries give equal files. A file with lines that can't be read is
 * left as it is, and so is one with conflicts, unless `imported` says that both of their sides are in the library.
 */
export function writeExperienceFolder(
	folder: string,
	experiences: readonly Experience[],
	imported = false,
): FolderExport {
	const ours = new Set(experiences.map(({ id }) => id));
	const unreadable = new Set<string>();
	const others = new Map<string, Experience>();
	for (const name of jsonlFiles(folder)) {
		const read = readJsonl(readFileSync(join(folder, name), 'utf8'));
		if (read.skipped.length > 0 || (read.conflicts > 0 && !imported)) unreadable.add(name);
		for (const experience of read.experiences) if (!ours.has(experience.id)) others.set(experience.id, experience);
	}
	const byFile = new Map<string, Experience[]>();
	for (const experience of [...experiences, ...others.values()]) {
		const name = fileOf(experience);
		byFile.set(name, [...(byFile.get(name) ?? []), experience]);
	}
	mkdirSync(folder, { recursive: true });
	for (const [name, lines] of byFile) if (!unreadable.has(name)) writeFile(join(folder, name), writeJsonl(lines));
	for (const name of jsonlFiles(folder)) {
		if (!byFile.has(name) && !unreadable.has(name)) rmSync(join(folder, name), { force: true });
	}
	const messages = [...unreadable].map(
		(name) =>
			`${name} was left as it is, because it has conflicts or lines that can't be read; "import --git" says which.`,
	);
	return { files: [...byFile.keys()].sort(), experiences: experiences.length, kept: others.size, messages };
}

function writeFile(file: string, text: string): void {
	const temporary = `${file}.tmp-${process.pid}`;
	writeDurably(temporary, Buffer.from(text));
	renameDurably(temporary, file);
}

/** The first domain in letters that every file system takes; `general.jsonl` without one. */
function fileOf({ domains }: Experience): string {
	const slug = (domains[0] ?? '')
		.toLowerCase()
		.normalize('NFKD')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);
	return `${slug === '' ? 'general' : slug}.jsonl`;
}

function jsonlFiles(folder: string): readonly string[] {
	try {
		return readdirSync(folder)
			.filter((name) => name.endsWith('.jsonl'))
			.sort();
	} catch (error) {
		if (isMissing(error)) return [];
		throw error;
	}
}
