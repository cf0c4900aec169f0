/** What is published of the assays of fitness problems: read from the file beside each variants file. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';
import type { PublishedScores } from '../core/evaluation/reportScores.js';
import { medianOf } from '../core/tasks/fitness/columns.js';
import type { Problem, ProblemSet } from '../core/tasks/task.js';

/** Of each assay that the problems are about, once; assays without such a file are left out. */
export function publishedScores(
	{ source }: Pick<ProblemSet, 'source'>,
	problems: readonly Problem[],
): readonly PublishedScores[] {
	const assays = new Set(problems.flatMap(({ extra }) => (typeof extra.assay === 'string' ? [extra.assay] : [])));
	return [...assays].flatMap((assay) => publishedOf(source, assay) ?? []);
}

function publishedOf(folder: string, assay: string): PublishedScores | undefined {
	const file = resolve(folder, assay.replace(/\.jsonl$/u, '.json'));
	if (!file.startsWith(resolve(folder) + sep) || !file.endsWith('.json') || !existsSync(file)) return undefined;
	const { published, over } = readFacts(file);
	const scores = Object.entries(published).sort(([, a], [, b]) => b - a);
	const [best] = scores;
	if (!best) return undefined;
	return {
		name: basename(assay, '.jsonl'),
		over,
		models: scores.length,
		best: { model: best[0], score: best[1] },
		median: medianOf(scores.map(([, score]) => score)),
	};
}

/** Nothing where the file is none of ours: it is a help to the reader, no part of the measurement. */
function readFacts(file: string): { readonly published: Readonly<Record<string, number>>; readonly over: string } {
	const nothing = { published: {}, over: '' };
	try {
		const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
		if (typeof value !== 'object' || value === null || !('published' in value)) return nothing;
		const { published } = value;
		if (typeof published !== 'object' || published === null) return nothing;
		const scores = Object.entries(published).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
		const over = 'over' in value && typeof value.over === 'string' ? value.over : 'all variants';
		return { published: Object.fromEntries(scores), over };
	} catch {
		return nothing;
	}
}
