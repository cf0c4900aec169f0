/** What the schema of `flex-task.json` can't see: files that are not there, and names that stand twice. */
import { resolve, sep } from 'node:path';
import type { Split } from '../../core/tasks/task.js';
import { type Span, scanObject } from './jsonScan.js';

/** `span` is what it is about, in the manifest's text. */
export type ManifestFinding = { readonly span: Span; readonly split: Split } & (
	| { readonly code: 'missing-split' | 'outside-split'; readonly file: string }
	| { readonly code: 'shared-split'; readonly other: Split }
);

export interface LabelFinding {
	readonly code: 'same-label';
	readonly span: Span;
	readonly label: string;
}

interface Named {
	readonly split: Split;
	/** As written, or the usual name. */
	readonly name: string;
	readonly span: Span;
	readonly written: boolean;
}

/**
 * The findings of a manifest that is an object; whatever else is wrong with it is left to the schema.
 * @param folder of the set. @param exists whether there is such a file, by its absolute path
 */
export function manifestFindings(
	text: string,
	folder: string,
	exists: (file: string) => boolean,
): readonly (ManifestFinding | LabelFinding)[] {
	const named = namedSplits(text);
	return [
		...named.flatMap((split, index) => splitFindings(split, named.slice(0, index), folder, exists)),
		...labelFindings(text),
	];
}

function splitFindings(
	{ split, name, span, written }: Named,
	before: readonly Named[],
	folder: string,
	exists: (file: string) => boolean,
): readonly ManifestFinding[] {
	const file = resolve(folder, name);
	if (!file.startsWith(resolve(folder) + sep)) return [{ code: 'outside-split', split, span, file: name }];
	const other = before.find((known) => resolve(folder, known.name) === file);
	if (other) return [{ code: 'shared-split', split, span, other: other.split }];
	// A set needs train problems; the other splits only where somebody says that there are some.
	const needed = written || split === 'train';
	return needed && !exists(file) ? [{ code: 'missing-split', split, span, file: name }] : [];
}

/** The splits with the names of their files; one that nothing names is found at `splits`, or where the object begins. */
function namedSplits(text: string): readonly Named[] {
	const { fields } = scanObject(text);
	const holder = fields.findLast(({ key }) => key === 'splits');
	const start = Math.max(0, text.indexOf('{'));
	const around = holder?.keySpan ?? { start, end: start + 1 };
	const inside = holder ? scanObject(text.slice(holder.valueSpan.start, holder.valueSpan.end)).fields : [];
	return (['train', 'dev', 'test'] as const).map((split) => {
		const field = inside.findLast(({ key }) => key === split);
		if (!field || !holder) return { split, name: `${split}.jsonl`, span: around, written: false };
		const span = moved(field.valueSpan, holder.valueSpan.start);
		const name = jsonText(text.slice(span.start, span.end)) ?? `${split}.jsonl`;
		return { split, name, span, written: true };
	});
}

function labelFindings(text: string): readonly LabelFinding[] {
	const field = scanObject(text).fields.findLast(({ key }) => key === 'answerSpace');
	if (!field) return [];
	const seen = new Set<string>();
	const findings: LabelFinding[] = [];
	const list = text.slice(field.valueSpan.start, field.valueSpan.end);
	for (const match of list.matchAll(/"(?:[^"\\]|\\.)*"/gu)) {
		const label = jsonText(match[0])?.trim() ?? '';
		const span = moved({ start: match.index, end: match.index + match[0].length }, field.valueSpan.start);
		if (seen.has(label)) findings.push({ code: 'same-label', span, label });
		seen.add(label);
	}
	return findings;
}

function moved({ start, end }: Span, by: number): Span {
	return { start: start + by, end: end + by };
}

/** The text that a JSON value denotes; undefined where it denotes none. */
function jsonText(json: string): string | undefined {
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
	} catch {
		return undefined;
	}
}
