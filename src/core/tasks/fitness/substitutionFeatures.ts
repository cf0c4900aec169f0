/** Features that follow from the substitutions of a variant alone: what was exchanged for what. */
import { propertyOf } from './aminoAcids.js';
import { blosum62 } from './blosum62.js';
import type { Substitution } from './mutant.js';

/** Higher is not always fitter: an exchange costs by how much it changes. Features of several substitutions are added up. */
const measures: Readonly<Record<string, (substitution: Substitution) => number>> = {
	blosum62: ({ from, to }) => blosum62(from, to),
	hydropathy_change: changeOf('hydropathy'),
	hydropathy_difference: differenceOf('hydropathy'),
	volume_change: changeOf('volume'),
	volume_difference: differenceOf('volume'),
	polarity_difference: differenceOf('polarity'),
	charge_change: changeOf('charge'),
	helix_cost: changeOf('helix'),
	to_proline: ({ to }) => Number(to === 'P'),
	from_hydropathy: ({ from }) => propertyOf(from, 'hydropathy'),
	from_volume: ({ from }) => propertyOf(from, 'volume'),
	from_glycine_or_cysteine: ({ from }) => Number(from === 'G' || from === 'C'),
	mutations: () => 1,
};

export const substitutionNames: readonly string[] = Object.keys(measures);

/** In the order of `substitutionNames`. */
export function substitutionFeatures(substitutions: readonly Substitution[]): readonly number[] {
	return Object.values(measures).map((measure) => substitutions.reduce((sum, one) => sum + measure(one), 0));
}

type Property = Parameters<typeof propertyOf>[1];

/** What stands there now less what stood there. */
function changeOf(property: Property) {
	return ({ from, to }: Substitution): number => propertyOf(to, property) - propertyOf(from, property);
}

function differenceOf(property: Property) {
	const change = changeOf(property);
	return (substitution: Substitution): number => Math.abs(change(substitution));
}
