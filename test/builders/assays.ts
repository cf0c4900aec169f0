/** Assays for tests: made-up variants whose scores follow from their features, with noise from a seed. */
import { seededRandom } from '../../src/core/random.js';
import type { AssayPort, MeasuredVariant } from '../../src/core/tasks/fitness/assay.js';
import { divideAssay } from '../../src/core/tasks/fitness/divideAssay.js';

const residues = 'ACDEFGHIKLMNPQRSTVWY';

/** Variants A1C, A2D, …: `good` and `fair` each see half of the score, `noise` nothing, `cost` its opposite. */
export function variants(count: number, seed = 1): readonly MeasuredVariant[] {
	const random = seededRandom(seed);
	return Array.from({ length: count }, (_, index) => {
		const [one, two] = [random(), random()];
		const features = { good: one + 0.1 * random(), fair: two + 0.2 * random(), noise: random(), cost: -one };
		const to = residues[1 + (index % 19)] ?? 'C';
		return { mutant: `A${index + 1}${to}`, features, score: one + two };
	});
}

/** Serves these variants whatever the file. */
export function assayPort(all: readonly MeasuredVariant[], reveal: boolean): AssayPort {
	return { open: async (source) => divideAssay(all, source, !reveal) };
}
