/** A cheap form of SMILES: the heavy atoms and what they are bound to. Equal molecules have equal skeletons in any writing. */

interface Skeleton {
	readonly elements: string[];
	/** Neighbours of each atom. */
	readonly bonds: number[][];
}

const token = /\[([^[\]]+)\]|(Cl|Br|[BCNOPSFIbcnops*])|(%\d\d|\d)|([().])|([-=#$:/\\~])/uy;
const elementInBrackets = /^\d*([A-Z][a-z]?|[a-z]{1,2}|\*)/u;

/**
 * A text that is the same for all writings of the molecules, whatever their order. It leaves out bond orders, charges,
 * hydrogens and stereochemistry, so that different molecules can share it. Undefined where the text is no SMILES.
 */
export function smilesSkeleton(smiles: string): string | undefined {
	const parsed = parse(smiles);
	return parsed && refined(parsed);
}

function parse(smiles: string): Skeleton | undefined {
	const elements: string[] = [];
	const bonds: number[][] = [];
	const branches: (number | undefined)[] = [];
	const open = new Map<string, number>();
	let last: number | undefined;
	const bind = (a: number, b: number): void => {
		bonds[a]?.push(b);
		bonds[b]?.push(a);
	};
	token.lastIndex = 0;
	while (token.lastIndex < smiles.length) {
		const found = token.exec(smiles);
		if (!found) return undefined;
		const [, bracket, bare, ring, mark] = found;
		const symbol = bracket === undefined ? bare : elementInBrackets.exec(bracket)?.[1];
		if (symbol !== undefined) {
			const element = symbol.length === 2 && /^[A-Z]/u.test(symbol) ? symbol : symbol.toUpperCase();
			// A hydrogen atom that is written out has no bond but that to its atom: it is left out.
			if (element === 'H') continue;
			elements.push(element);
			bonds.push([]);
			if (last !== undefined) bind(last, elements.length - 1);
			last = elements.length - 1;
		} else if (bracket !== undefined) return undefined;
		else if (ring !== undefined) {
			const other = open.get(ring);
			if (last === undefined) return undefined;
			if (other === undefined) open.set(ring, last);
			else {
				bind(other, last);
				open.delete(ring);
			}
		} else if (mark === '(') branches.push(last);
		else if (mark === ')') {
			if (branches.length === 0) return undefined;
			last = branches.pop();
		} else if (mark === '.') last = undefined;
	}
	return open.size > 0 || branches.length > 0 || elements.length === 0 ? undefined : { elements, bonds };
}

/** Classes of atoms are told apart by the classes around them until there are no more of them. */
function refined({ elements, bonds }: Skeleton): string {
	let classes: readonly string[] = elements;
	for (let count = new Set(classes).size; ; ) {
		const around = classes.map(
			(own, atom) =>
				`${own}(${(bonds[atom] ?? [])
					.map((other) => classes[other])
					.sort()
					.join(',')})`,
		);
		const order = [...new Set(around)].sort();
		const next = new Set(order).size;
		const numbers = new Map(order.map((one, index) => [one, String(index)]));
		const described = around.toSorted().join(' ');
		if (next === count) return `${elements.toSorted().join('')} ${described}`;
		count = next;
		classes = around.map((one) => numbers.get(one) ?? '');
	}
}
