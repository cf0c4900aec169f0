/** BLOSUM62: how often one amino acid takes the place of another in related proteins (S. and J. G. Henikoff, PNAS 89, 1992). */

const order = 'ARNDCQEGHILKMFPSTWYV';

/** The lower half of the matrix, a row a residue, in half-bits. */
const half: readonly (readonly number[])[] = [
	[4],
	[-1, 5],
	[-2, 0, 6],
	[-2, -2, 1, 6],
	[0, -3, -3, -3, 9],
	[-1, 1, 0, 0, -3, 5],
	[-1, 0, 0, 2, -4, 2, 5],
	[0, -2, 0, -1, -3, -2, -2, 6],
	[-2, 0, 1, -1, -3, 0, 0, -2, 8],
	[-1, -3, -3, -3, -1, -3, -3, -4, -3, 4],
	[-1, -2, -3, -4, -1, -2, -3, -4, -3, 2, 4],
	[-1, 2, 0, -1, -3, 1, 1, -2, -1, -3, -2, 5],
	[-1, -1, -2, -3, -1, 0, -2, -3, -2, 1, 2, -1, 5],
	[-2, -3, -3, -3, -2, -3, -3, -3, -1, 0, 0, -3, 0, 6],
	[-1, -2, -2, -1, -3, -1, -1, -2, -2, -3, -3, -1, -2, -4, 7],
	[1, -1, 1, 0, -1, 0, 0, 0, -1, -2, -2, 0, -1, -2, -1, 4],
	[0, -1, 0, -1, -1, -1, -1, -2, -2, -1, -1, -1, -1, -2, -1, 1, 5],
	[-3, -3, -4, -4, -2, -2, -3, -2, -2, -3, -2, -3, -1, 1, -4, -3, -2, 11],
	[-2, -2, -2, -3, -2, -1, -2, -3, 2, -1, -1, -2, -1, 3, -3, -2, -2, 2, 7],
	[0, -3, -3, -3, -1, -2, -2, -3, -3, 3, 1, -2, 1, -1, -2, -2, 0, -3, -1, 4],
];

/** The score of putting one residue in place of another; the same in both directions. */
export function blosum62(from: string, to: string): number {
	const [i, j] = [order.indexOf(from), order.indexOf(to)];
	return half[Math.max(i, j)]?.[Math.min(i, j)] ?? 0;
}
