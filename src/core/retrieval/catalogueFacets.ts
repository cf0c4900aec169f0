/** By what experiences can be narrowed: the values that each has, and how many have each of them. */
import { type FacetName, type FacetValue, facetNames, type KnownUtility } from '../experience/browse.js';
import { type Experience, type Status, sourcesOf, statuses, zones } from '../experience/experience.js';

/** Chosen values by facet. */
export type Choices = Readonly<Partial<Record<FacetName, readonly string[]>>>;

/** What changes without the experience: marks and evidence that lie outside of it. */
export interface Outside {
	used(slot: number): boolean;
	verdict(slot: number): KnownUtility['verdict'];
}

export interface Narrowed {
	/** Slots that pass, in the order given. */
	readonly slots: readonly number[];
	readonly facets: Readonly<Record<FacetName, readonly FacetValue[]>>;
}

const mostValues = 200;

/** What passes where no status is chosen. */
const shownStatuses: readonly Status[] = statuses.filter((status) => status !== 'retired');

/** Facets whose values are always listed, in this order. */
const fixed: Readonly<Partial<Record<FacetName, readonly string[]>>> = { zone: zones, status: statuses };

/**
 * The values of all facets are numbered together, so that an experience is one list of numbers, and narrowing and
 * counting are one pass over it.
 */
export class CatalogueFacets {
	private readonly numbers = new Map(facetNames.map((name) => [name, new Map<string, number>()]));
	/** Per number of a value: its facet, as a bit. */
	private readonly facetOf: number[] = [];
	/** Per slot. */
	private readonly rows: (readonly number[] | undefined)[] = [];
	private readonly used = this.numberOf('mark', 'used');
	private readonly verdicts = {
		helps: this.numberOf('utility', 'helps'),
		hurts: this.numberOf('utility', 'hurts'),
		'no evidence': this.numberOf('utility', 'no evidence'),
		unknown: this.numberOf('utility', 'unknown'),
	};

	put(slot: number, experience: Experience): void {
		const values = valuesOf(experience);
		this.rows[slot] = facetNames.flatMap((name) => values[name].map((value) => this.numberOf(name, value)));
	}

	remove(slot: number): void {
		this.rows[slot] = undefined;
	}

	/** Those of `slots` that the choices let pass; each value's count leaves the choices of its own facet aside. */
	narrow(slots: readonly number[], choices: Choices, outside: Outside): Narrowed {
		const { needed, chosen } = this.choice(choices);
		const counts = new Uint32Array(this.facetOf.length);
		const passing: number[] = [];
		for (const slot of slots) {
			const row = this.rows[slot];
			if (!row) continue;
			const verdict = this.verdicts[outside.verdict(slot)];
			const used = outside.used(slot);
			let missing = needed & ~(chosen[verdict] ?? 0);
			if (used) missing &= ~(chosen[this.used] ?? 0);
			for (const value of row) missing &= ~(chosen[value] ?? 0);
			// What a single facet keeps out still counts for the values of that one.
			if ((missing & (missing - 1)) !== 0) continue;
			if (missing === 0) passing.push(slot);
			this.count(row, missing, counts);
			this.count(used ? [verdict, this.used] : [verdict], missing, counts);
		}
		return { slots: passing, facets: this.facets(counts, choices) };
	}

	/** @param only the facet to count, as a bit; 0 for all */
	private count(values: readonly number[], only: number, counts: Uint32Array): void {
		for (const value of values) {
			if (only === 0 || this.facetOf[value] === only) counts[value] = (counts[value] ?? 0) + 1;
		}
	}

	/** The facets in which something is chosen, as bits, and per value the bit of its facet where it is chosen. */
	private choice(choices: Choices): { readonly needed: number; readonly chosen: Uint16Array } {
		const wanted = facetNames.flatMap((name) => chosenIn(name, choices).map((value) => this.numberOf(name, value)));
		const chosen = new Uint16Array(this.facetOf.length);
		let needed = 0;
		for (const value of wanted) {
			chosen[value] = this.facetOf[value] ?? 0;
			needed |= chosen[value] ?? 0;
		}
		return { needed, chosen };
	}

	private facets(counts: Uint32Array, choices: Choices): Narrowed['facets'] {
		const of = (name: FacetName): readonly FacetValue[] => {
			const values = [...(this.numbers.get(name) ?? [])];
			const all = values.map(([value, number]) => ({ value, count: counts[number] ?? 0 }));
			return listed(all, fixed[name], new Set(chosenIn(name, choices)));
		};
		return {
			zone: of('zone'),
			status: of('status'),
			utility: of('utility'),
			mark: of('mark'),
			part: of('part'),
			domain: of('domain'),
			set: of('set'),
			model: of('model'),
			run: of('run'),
		};
	}

	private numberOf(name: FacetName, value: string): number {
		const numbers = this.numbers.get(name);
		const known = numbers?.get(value);
		if (known !== undefined) return known;
		const number = this.facetOf.push(1 << facetNames.indexOf(name)) - 1;
		numbers?.set(value, number);
		return number;
	}
}

/** The values to show of one facet. @param inOrder all of them are shown, so */
function listed(
	values: readonly FacetValue[],
	inOrder: readonly string[] | undefined,
	chosen: ReadonlySet<string>,
): readonly FacetValue[] {
	if (inOrder) {
		const known = inOrder.map((name) => values.find(({ value }) => value === name) ?? { value: name, count: 0 });
		return [...known, ...values.filter(({ value }) => chosen.has(value) && !inOrder.includes(value))];
	}
	const shown = values.filter(({ value, count }) => count > 0 || chosen.has(value));
	shown.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
	if (shown.length <= mostValues) return shown;
	let room = mostValues - chosen.size;
	return shown.filter(({ value }) => chosen.has(value) || room-- > 0);
}

/** What of a facet passes; empty where everything does. */
function chosenIn(name: FacetName, choices: Choices): readonly string[] {
	const chosen = filled(choices[name] ?? []);
	return name === 'status' && chosen.length === 0 ? shownStatuses : chosen;
}

/** The values that an experience has by itself. */
function valuesOf(experience: Experience): Readonly<Record<FacetName, readonly string[]>> {
	const { zone, status, starred, pinned, reviewed, strategy, patterns, cases, domains, origin } = experience;
	return {
		zone: [zone],
		status: [status],
		utility: [],
		mark: named({ starred, pinned, unread: !reviewed, imported: (origin.imported ?? '') !== '' }),
		part: named({
			strategy: strategy.text.trim() !== '',
			patterns: patterns.length > 0,
			cases: cases.length > 0,
		}),
		domain: filled(domains),
		set: origin.set === '' ? filled(sourcesOf(experience).map(({ set }) => set)) : [origin.set],
		model: filled([origin.model]),
		run: filled([origin.run]),
	};
}

/** The names of what is true. */
function named(marks: Readonly<Record<string, boolean>>): readonly string[] {
	return Object.keys(marks).filter((name) => marks[name]);
}

/** Each once, without empty ones. */
function filled(values: readonly string[]): readonly string[] {
	return [...new Set(values)].filter((value) => value !== '');
}
