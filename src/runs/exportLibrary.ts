/** A library as text that other people and tools can read. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Experience, type Status, statuses } from '../core/experience/experience.js';
import type { ExperienceStore } from '../core/experience/store.js';
import { writeJsonl } from '../library/exchange/jsonl.js';
import { writeMarkdown } from '../library/exchange/markdown.js';
import { writeReferenceJson } from '../library/exchange/referenceJson.js';

const writers = {
	jsonl: writeJsonl,
	reference: (experiences: readonly Experience[]) => writeReferenceJson(experiences, new Date().toISOString()),
	markdown: writeMarkdown,
} as const;

/** `jsonl` holds everything, exactly. */
export type ExportFormat = keyof typeof writers;

export interface LibraryExport {
	readonly experiences: number;
	/** Experiences that are not in use, which the format could not say. */
	readonly left: number;
	readonly bytes: number;
}

/** Writes the library over `file`, whole or not at all. @throws {LibraryError}, and what the disk says */
export async function exportLibrary(
	store: ExperienceStore,
	file: string,
	format: ExportFormat,
): Promise<LibraryExport> {
	const experiences = await store.list(format === 'jsonl' ? {} : { statuses: kept[format] });
	const text = writers[format](experiences);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(`${file}.part`, text);
	renameSync(`${file}.part`, file);
	const left = (await store.stats()).experiences - experiences.length;
	return { experiences: experiences.length, left, bytes: Buffer.byteLength(text) };
}

/** The reference knows no status: what is out of use here must not come into use there. */
const kept: Readonly<Record<Exclude<ExportFormat, 'jsonl'>, readonly Status[]>> = {
	markdown: ['active'],
	reference: statuses.filter((status) => status !== 'retired' && status !== 'proposed'),
};
