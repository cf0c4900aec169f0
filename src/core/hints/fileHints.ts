/** The hints of a document: at a line that somebody points to, or at all lines of a range. */
import { blockAround, type CodeLines, type LineRange } from './codeBlocks.js';
import type { CodeFinding } from './codePlace.js';
import type { CodeFile, Hint, HintIndex } from './hintIndex.js';

export interface CodeDocument {
	readonly file: CodeFile;
	readonly lines: CodeLines;
	readonly findings: readonly CodeFinding[];
}

/**
 * What fits the block around a line.
 * @param least 0–1: the strength that a hint must have
 */
export function hintsAround(index: HintIndex, document: CodeDocument, line: number, least?: number): readonly Hint[] {
	return hintsIn(index, document, blockAround(document.lines, line), least);
}

/** What fits these lines, e.g. those that are selected. */
export function hintsIn(index: HintIndex, document: CodeDocument, range: LineRange, least?: number): readonly Hint[] {
	const { first, last } = range;
	const lines = Array.from({ length: last - first + 1 }, (_, at) => document.lines.at(first + at));
	const findings = document.findings.filter(({ line }) => line >= first && line <= last);
	return index.hintsAt(document.file, { first, lines, findings }, least);
}

/** All hints with a line in `range`, by line; what several blocks say of one line comes once. */
export function hintsOfRange(
	index: HintIndex,
	document: CodeDocument,
	range: LineRange,
	least?: number,
): readonly Hint[] {
	if (!index.hasAnyFor(document.file)) return [];
	const withFinding = new Set(document.findings.map(({ line }) => line));
	const blocks = new Map<string, LineRange>();
	let block: LineRange | undefined;
	for (let line = range.first; line <= Math.min(range.last, document.lines.count - 1); line++) {
		if (!withFinding.has(line) && !index.leads(document.file, document.lines.at(line))) continue;
		if (!block || line > block.last) block = blockAround(document.lines, line);
		blocks.set(`${block.first} ${block.last}`, block);
	}
	const hints = new Map<string, Hint>();
	for (const one of blocks.values()) {
		for (const hint of hintsIn(index, document, one, least)) {
			const key = `${hint.line} ${hint.experience.id}`;
			const known = hints.get(key);
			if (!known || known.strength < hint.strength) hints.set(key, hint);
		}
	}
	return [...hints.values()].sort((a, b) => a.line - b.line || b.strength - a.strength);
}
