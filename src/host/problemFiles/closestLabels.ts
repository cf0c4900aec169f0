/** Which labels of a closed set an answer was probably meant to be. */

/** The labels most like `answer`, the likeliest first; where nothing is alike, in the order of the set. */
export function closestLabels(answer: string, labels: readonly string[], most: number): readonly string[] {
	const wanted = pairsOf(answer);
	return labels
		.map((label) => ({ label, likeness: likeness(wanted, pairsOf(label)) }))
		.sort((a, b) => b.likeness - a.likeness)
		.slice(0, most)
		.map(({ label }) => label);
}

/** 0–1: the share of pairs of characters that both have (Dice). */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	const shared = [...a].filter((pair) => b.has(pair)).length;
	return (2 * shared) / (a.size + b.size);
}

/** Pairs of neighbours, the ends among them, so that short labels and first letters count. */
function pairsOf(text: string): ReadonlySet<string> {
	const shown = `^${text.normalize('NFC').trim().toLowerCase()}$`;
	return new Set(Array.from({ length: shown.length - 1 }, (_, index) => shown.slice(index, index + 2)));
}
