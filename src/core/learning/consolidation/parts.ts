/** Tells whether two experiences are parts of one imported entry that was too large to stay whole. */
import type { Experience } from '../../experience/experience.js';

/** Parts belong together, but not into one. */
export function areParts(a: Experience, b: Experience): boolean {
	const [ofA, ofB] = [partsNamedBy(a), partsNamedBy(b)];
	return ofA.includes(b.id) || ofB.includes(a.id) || ofA.some((id) => ofB.includes(id));
}

function partsNamedBy({ links }: Experience): readonly string[] {
	return links.flatMap(({ kind, id }) => (kind === 'part' ? [id] : []));
}
