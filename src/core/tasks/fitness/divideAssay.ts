/** Divides the variants of an assay into those that are labelled and those that a formula has never seen. */
import { hashSeed, seededRandom, shuffled } from '../../random.js';
import { TaskError } from '../task.js';
import type { Assay, AssaySource, MeasuredVariant } from './assay.js';

/** A correlation over fewer says next to nothing. */
export const leastOnASide = 10;

/**
 * The same seed draws the same variants, whatever their order.
 * @param withhold leaves out the scores of the unseen ones
 * @throws {TaskError} `bad-problem`
 */
export function divideAssay(
	variants: readonly MeasuredVariant[],
	{ file, labelled, seed }: Pick<AssaySource, 'file' | 'labelled' | 'seed'>,
	withhold: boolean,
): Assay {
	const sorted = [...variants].sort((a, b) => (a.mutant < b.mutant ? -1 : 1));
	const chosen = typeof labelled === 'number' ? drawn(sorted, labelled, seed) : named(sorted, labelled, file);
	if (chosen.size < leastOnASide || chosen.size > variants.length - leastOnASide) {
		throw new TaskError(
			'bad-problem',
			`"labelled" must leave at least ${leastOnASide} variants on each side: ${file} has ${variants.length}, and ${chosen.size} would be labelled.`,
		);
	}
	const unseen = sorted.filter(({ mutant }) => !chosen.has(mutant));
	return {
		labelled: sorted.filter(({ mutant }) => chosen.has(mutant)),
		unseen: unseen.map(({ mutant, features }) => ({ mutant, features })),
		...(withhold ? {} : { unseenScores: unseen.map(({ score }) => score) }),
	};
}

function drawn(sorted: readonly MeasuredVariant[], count: number, seed: number): ReadonlySet<string> {
	const order = shuffled(sorted, seededRandom(hashSeed(seed, 'labelled')));
	return new Set(order.slice(0, count).map(({ mutant }) => mutant));
}

function named(sorted: readonly MeasuredVariant[], mutants: readonly string[], file: string): ReadonlySet<string> {
	const known = new Set(sorted.map(({ mutant }) => mutant));
	const missing = mutants.find((mutant) => !known.has(mutant));
	if (missing === undefined) return new Set(mutants);
	throw new TaskError('bad-problem', `"labelled" names ${missing}, which is not in ${file}.`);
}
