/** Files of experiences from outside: which of the known forms one has, and what it holds. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Experience } from '../core/experience/experience.js';
import { ExchangeError } from '../library/exchange/exchangeError.js';
import { readJsonl } from '../library/exchange/jsonl.js';
import { type ReferenceReport, readReferenceJson } from '../library/exchange/referenceJson.js';

export type LibraryFormat = 'jsonl' | 'reference';

/** What a file held, counted as it stood there. */
export interface LibraryFile {
	readonly name: string;
	readonly format: LibraryFormat;
	/** Of the reference's JSON. */
	readonly version?: string | undefined;
	readonly experiences: readonly Experience[];
	/** Entries of the reference, or lines. */
	readonly entries: number;
	readonly patterns: number;
	readonly cut: ReferenceReport['cut'];
	readonly odd: readonly Remark[];
	/** What could not be used. */
	readonly skipped: readonly Remark[];
	/** About the file as a whole. */
	readonly notes: readonly string[];
}

export interface Remark {
	/** `golden[3]`, or `line 12`. */
	readonly entry: string;
	readonly what: string;
}

/** Reads a file in either form. @throws {ExchangeError} where it can't be read, is neither, or holds nothing usable */
export function readLibraryFile(path: string, at: string): LibraryFile {
	const text = textOf(path);
	const name = basename(path);
	const file = formatOf(path, text) === 'jsonl' ? readLines(name, text) : readReference(name, text, at);
	if (file.experiences.length > 0) return file;
	if (file.skipped.length === 0 && text.trim() !== '') return file;
	const [first] = file.skipped;
	const why = first ? `${first.entry}: ${first.what}` : 'It is empty.';
	throw new ExchangeError('nothing-usable', `Nothing in ${path} can be used. ${why}`);
}

/** By the file's name where it says so, else by how the text begins. */
export function formatOf(path: string, text: string): LibraryFormat {
	if (/\.jsonl$/iu.test(path)) return 'jsonl';
	const [firstLine = ''] = text.trimStart().split('\n', 1);
	const first = parsed(firstLine);
	// A library of the reference is an object without an id, or a list.
	return typeof first === 'object' && first !== null && 'id' in first ? 'jsonl' : 'reference';
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function readReference(name: string, text: string, at: string): LibraryFile {
	const { experiences, report } = readReferenceJson(text, { name, at });
	return {
		name,
		format: 'reference',
		experiences,
		...report,
		odd: report.odd.map(({ entry, field, what }) => ({ entry, what: `${field} ${what}`.trim() })),
		skipped: report.skipped.map(({ entry, why }) => ({ entry, what: why })),
	};
}

function readLines(name: string, text: string): LibraryFile {
	const { experiences, skipped, notes } = readJsonl(text);
	return {
		name,
		format: 'jsonl',
		experiences,
		entries: text.split('\n').filter((line) => line.trim() !== '').length,
		patterns: experiences.reduce((sum, { patterns }) => sum + patterns.length, 0),
		cut: [],
		odd: notes.map(({ line, what }) => ({ entry: `line ${line}`, what })),
		skipped: skipped.map(({ line, why }) => ({ entry: `line ${line}`, what: why })),
		notes: [],
	};
}

function textOf(path: string): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
	} catch (cause) {
		const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
		const message = reasons[String(code)]?.(path) ?? `${path} can't be read: ${String(cause)}`;
		throw new ExchangeError('unreadable', message, undefined, undefined, { cause });
	}
}

const reasons: Readonly<Record<string, (path: string) => string>> = {
	ENOENT: (path) => `There is no file ${path}.`,
	EISDIR: (path) => `${path} is a folder; name a file in it.`,
	EACCES: (path) => `${path} may not be read; check its permissions.`,
	ERR_ENCODING_INVALID_ENCODED_DATA: (path) => `${path} is no text in UTF-8; is it the right file?`,
};
