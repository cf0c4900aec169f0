/** What changed from one revision of an experience to the next: in words, and line by line. */
import { formatEditForm } from './editForm.js';
import type { Experience } from './experience.js';

const fields = [
	'zone',
	'priority',
	'pinned',
	'starred',
	'title',
	'when',
	'strategy',
	'patterns',
	'cases',
	'domains',
	'scope',
	'links',
] as const;
export type ChangedField = (typeof fields)[number];

/** Which fields a change touched, the status apart; none for the first revision. */
export function changedFields(before: Experience | undefined, after: Experience): readonly ChangedField[] {
	if (!before) return [];
	return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

/** What a change touched, in words; empty for the first revision. */
export function difference(before: Experience | undefined, after: Experience): readonly string[] {
	if (!before) return [];
	const status = before.status === after.status ? [] : [`${before.status} → ${after.status}`];
	return [...status, ...changedFields(before, after).map((field) => `${field} changed`)];
}

export interface DiffLine {
	readonly sign: ' ' | '+' | '-';
	readonly text: string;
}

/** The edit forms of both, line by line, with `around` unchanged lines on either side of each change. */
export function formDifference(before: Experience, after: Experience, around = 2): readonly DiffLine[] {
	const lines = lineDifference(formLines(before), formLines(after));
	const near = new Set(
		lines.flatMap(({ sign }, index) =>
			sign === ' ' ? [] : Array.from({ length: 2 * around + 1 }, (_, step) => index - around + step),
		),
	);
	return lines.filter((_, index) => near.has(index));
}

/** Without what differs in every revision. */
function formLines(experience: Experience): readonly string[] {
	return formatEditForm(experience)
		.trimEnd()
		.split('\n')
		.filter((line) => !/^(?:rev|updatedAt): /u.test(line));
}

/** By the longest common subsequence of lines. */
export function lineDifference(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
	const width = after.length + 1;
	const lengths = new Uint32Array((before.length + 1) * width);
	const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
	for (let i = before.length - 1; i >= 0; i--) {
		for (let j = after.length - 1; j >= 0; j--) {
			lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
		}
	}
	const lines: DiffLine[] = [];
	let [i, j] = [0, 0];
	while (i < before.length || j < after.length) {
		const [a, b] = [before[i], after[j]];
		if (a !== undefined && a === b) {
			lines.push({ sign: ' ', text: a });
			i++;
			j++;
		} else if (a !== undefined && (b === undefined || at(i + 1, j) >= at(i, j + 1))) {
			lines.push({ sign: '-', text: a });
			i++;
		} else if (b !== undefined) {
			lines.push({ sign: '+', text: b });
			j++;
		}
	}
	return lines;
}
