/** What is known of the twenty amino acids, by their one-letter codes. */

export interface AminoAcid {
	/** Hydropathy (J. Kyte, R. F. Doolittle, J. Mol. Biol. 157, 1982). */
	readonly hydropathy: number;
	/** Volume in Å³ (A. A. Zamyatnin, Prog. Biophys. Mol. Biol. 24, 1972). */
	readonly volume: number;
	/** Polarity (R. Grantham, Science 185, 1974). */
	readonly polarity: number;
	/** At neutral pH, in elementary charges. */
	readonly charge: number;
	/** What it costs in an α-helix, kcal/mol (C. N. Pace, J. M. Scholtz, Biophys. J. 75, 1998). */
	readonly helix: number;
}

const columns = ['hydropathy', 'volume', 'polarity', 'charge', 'helix'] as const;

const table: Readonly<Record<string, readonly number[]>> = {
	A: [1.8, 88.6, 8.1, 0, 0],
	R: [-4.5, 173.4, 10.5, 1, 0.21],
	N: [-3.5, 114.1, 11.6, 0, 0.65],
	D: [-3.5, 111.1, 13.0, -1, 0.69],
	C: [2.5, 108.5, 5.5, 0, 0.68],
	Q: [-3.5, 143.8, 10.5, 0, 0.39],
	E: [-3.5, 138.4, 12.3, -1, 0.4],
	G: [-0.4, 60.1, 9.0, 0, 1],
	H: [-3.2, 153.2, 10.4, 0, 0.61],
	I: [4.5, 166.7, 5.2, 0, 0.41],
	L: [3.8, 166.7, 4.9, 0, 0.21],
	K: [-3.9, 168.6, 11.3, 1, 0.26],
	M: [1.9, 162.9, 5.7, 0, 0.24],
	F: [2.8, 189.9, 5.2, 0, 0.54],
	P: [-1.6, 112.7, 8.0, 0, 3.16],
	S: [-0.8, 89.0, 9.2, 0, 0.5],
	T: [-0.7, 116.1, 8.6, 0, 0.66],
	W: [-0.9, 227.8, 5.4, 0, 0.49],
	Y: [-1.3, 193.6, 6.2, 0, 0.53],
	V: [4.2, 140.0, 5.9, 0, 0.61],
};

/** One property of a residue; 0 for a letter that is no amino acid. */
export function propertyOf(residue: string, property: keyof AminoAcid): number {
	return table[residue]?.[columns.indexOf(property)] ?? 0;
}
