/** The labelled places and their library: what should be shown where, and where nothing should. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Experience } from '../../src/core/experience/experience.js';
import { parseExperience } from '../../src/core/experience/validation.js';
import type { CodeLines } from '../../src/core/hints/codeBlocks.js';
import type { CodeFinding } from '../../src/core/hints/codePlace.js';
import type { CodeDocument } from '../../src/core/hints/fileHints.js';

/** Thresholds are chosen on the one half; figures that count come from the other. */
export type Half = 'tune' | 'report';
export const halves: readonly Half[] = ['tune', 'report'];

export interface LabelledPlace {
	readonly id: string;
	readonly half: Half;
	readonly document: CodeDocument;
	/** Where the cursor is. */
	readonly line: number;
	/** Ids of the experiences that a person would want to see there. */
	readonly expected: readonly string[];
}

interface StoredPlace {
	readonly id: string;
	readonly language: string;
	readonly path: string;
	readonly line: number;
	readonly code: string;
	readonly findings: readonly CodeFinding[];
	readonly expected: readonly string[];
}

const folder = join(process.cwd(), 'bench/hints');

export function readLibrary(): readonly Experience[] {
	return rows('library.jsonl').map((row) => parseExperience(JSON.parse(row)));
}

export function readPlaces(): readonly LabelledPlace[] {
	return rows('places.jsonl').map((row, at) => {
		const place: StoredPlace = JSON.parse(row);
		const { id, language, path, line, findings, expected } = place;
		const document = { file: { language, path }, lines: linesOf(place.code), findings };
		return { id, half: at % 2 === 0 ? 'tune' : 'report', document, line, expected };
	});
}

export function linesOf(text: string): CodeLines {
	const lines = text.split(/\r?\n/u);
	return { count: lines.length, at: (line) => lines[line] ?? '' };
}

function rows(name: string): readonly string[] {
	return readFileSync(join(folder, name), 'utf8')
		.split('\n')
		.filter((row) => row !== '');
}
