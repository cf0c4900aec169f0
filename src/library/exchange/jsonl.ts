/** The library as text for git: one experience a line, sorted by id; what is written is read back exactly. */
import type { Experience } from '../../core/experience/experience.js';
import { checkExperience, ExperienceError } from '../../core/experience/validation.js';
import { canonicalJson } from '../../core/models/canonicalJson.js';
import { isAhead } from './precedence.js';

export interface JsonlImport {
	readonly experiences: readonly Experience[];
	/** Lines that could not be used, counted from 1, and why. */
	readonly skipped: readonly { readonly line: number; readonly why: string }[];
	/** What was left out of lines that could be used. */
	readonly notes: readonly { readonly line: number; readonly what: string }[];
	/** Versions of the same experiences that do not count, as the other side of a merge. */
	readonly overtaken: readonly Experience[];
	/** Conflicts that a git merge left in the text. */
	readonly conflicts: number;
}

/** Equal libraries give equal text: sorted lines, sorted fields. */
export function writeJsonl(experiences: readonly Experience[]): string {
	return [...experiences]
		.sort((a, b) => (a.id < b.id ? -1 : 1))
		.map((experience) => `${canonicalJson(experience)}\n`)
		.join('');
}

/**
 * Reads line by line; of two lines with one id, as a merge of two branches leaves them, the one that is ahead counts. The
 * marks of a conflict are passed over, so both of its sides are read.
 */
export function readJsonl(text: string): JsonlImport {
	const experiences = new Map<string, Experience>();
	const skipped: { line: number; why: string }[] = [];
	const notes: { line: number; what: string }[] = [];
	const overtaken: Experience[] = [];
	let conflicts = 0;
	for (const [index, content] of text
		.replace(/^\ufeff/, '')
		.split('\n')
		.entries()) {
		const line = index + 1;
		if (content.startsWith('<<<<<<<')) conflicts++;
		if (content.trim() === '' || conflictMark.test(content)) continue;
		const read = readLine(content);
		if ('why' in read) {
			skipped.push({ line, why: read.why });
			continue;
		}
		const { experience, unknownFields } = read;
		if (unknownFields.length > 0)
			notes.push({ line, what: `Unknown fields were left out: ${unknownFields.join(', ')}.` });
		const twin = experiences.get(experience.id);
		if (twin) notes.push({ line, what: `Experience ${experience.id} is there twice; the later version counts.` });
		const ahead = !twin || isAhead(experience, twin);
		if (twin) overtaken.push(ahead ? twin : experience);
		if (ahead) experiences.set(experience.id, experience);
	}
	return { experiences: [...experiences.values()], skipped, notes, overtaken, conflicts };
}

const conflictMark = /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/u;

type ReadLine = ReturnType<typeof checkExperience> | { readonly why: string };

function readLine(content: string): ReadLine {
	let value: unknown;
	try {
		value = JSON.parse(content);
	} catch {
		return { why: 'It is not valid JSON.' };
	}
	try {
		return checkExperience(value);
	} catch (error) {
		if (!(error instanceof ExperienceError)) throw error;
		return { why: error.message };
	}
}
