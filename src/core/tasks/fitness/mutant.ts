/** Reads the name of a variant: which residue was put in place of which, where. */

/** One substitution; residues are one-letter codes of the twenty amino acids. */
export interface Substitution {
	readonly from: string;
	/** From 1. */
	readonly position: number;
	readonly to: string;
}

const one = /^([ACDEFGHIKLMNPQRSTVWY])(\d{1,6})([ACDEFGHIKLMNPQRSTVWY])$/u;

/** The substitutions of "A2C" or "A2C:G7W"; undefined where the text is no such name. */
export function parseMutant(mutant: string): readonly Substitution[] | undefined {
	const parts = mutant.split(':').map((part) => one.exec(part.trim()));
	const found = parts.flatMap((match) => {
		const [, from, position, to] = match ?? [];
		return from && position && to ? [{ from, position: Number(position), to }] : [];
	});
	return found.length === parts.length ? found : undefined;
}
