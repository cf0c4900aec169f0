/** Units that answers carry: which mean the same, and what one of them is in another. */

/** What a unit measures, as powers of base units ("m^2", "m/s"), and how much of them it is. */
export interface Unit {
	readonly measures: string;
	/** As a fraction: numerator and denominator. */
	readonly factor: readonly [bigint, bigint];
}

type Row = readonly [measures: string, above: bigint, below: bigint, names: string];

/** Metric, imperial, time and money; within a dimension all relate exactly. */
const rows: readonly Row[] = [
	['m', 1n, 1n, 'm meter metre'],
	['m', 1000n, 1n, 'km kilometer kilometre'],
	['m', 1n, 10n, 'dm decimeter decimetre'],
	['m', 1n, 100n, 'cm centimeter centimetre'],
	['m', 1n, 1000n, 'mm millimeter millimetre'],
	['m', 254n, 10_000n, 'in inch inche'],
	['m', 3048n, 10_000n, 'ft foot feet'],
	['m', 9144n, 10_000n, 'yd yard'],
	['m', 1_609_344n, 1000n, 'mi mile'],
	['g', 1n, 1n, 'g gram gramme'],
	['g', 1000n, 1n, 'kg kilogram kilo'],
	['g', 1n, 1000n, 'mg milligram'],
	['g', 1_000_000n, 1n, 't tonne'],
	['g', 45_359_237n, 100_000n, 'lb pound'],
	['g', 45_359_237n, 1_600_000n, 'oz ounce'],
	['s', 1n, 1n, 's sec second'],
	['s', 60n, 1n, 'min minute'],
	['s', 3600n, 1n, 'h hr hour'],
	['s', 86_400n, 1n, 'day'],
	['s', 604_800n, 1n, 'week'],
	['s', 1n, 1000n, 'ms millisecond'],
	['month', 1n, 1n, 'month'],
	['month', 12n, 1n, 'year yr'],
	['m^3', 1n, 1000n, 'l liter litre'],
	['m^3', 1n, 1_000_000n, 'ml milliliter millilitre'],
	['usd', 1n, 1n, '$ usd dollar'],
	['usd', 1n, 100n, '¢ cent'],
	['eur', 1n, 1n, '€ eur euro'],
	['gbp', 1n, 1n, '£ gbp'],
	['m/s', 1_609_344n, 3_600_000n, 'mph'],
	['m/s', 1000n, 3600n, 'kph kmh'],
];

const known = new Map<string, Unit>(
	rows.flatMap(([measures, above, below, names]) =>
		names.split(' ').map((name) => [name, { measures, factor: [above, below] }] as const),
	),
);

/** The unit that words name: "cm", "square feet", "km/h", "miles per hour". Undefined where one of them is unknown. */
export function unitOf(words: string): Unit | undefined {
	const [above = '', below, more] = words.toLowerCase().split(/\s*\/\s*|\s+per\s+/u);
	if (more !== undefined) return undefined;
	const [top, bottom] = [oneUnit(above.trim()), below === undefined ? undefined : oneUnit(below.trim())];
	if (below === undefined || !top) return top;
	return (
		bottom && {
			measures: `${top.measures}/${bottom.measures}`,
			factor: [top.factor[0] * bottom.factor[1], top.factor[1] * bottom.factor[0]],
		}
	);
}

const powers: Readonly<Record<string, number>> = { square: 2, sq: 2, cubic: 3, cu: 3 };

function oneUnit(text: string): Unit | undefined {
	const [, before, name = '', after] =
		/^(?:(square|sq|cubic|cu)\.?\s+)?([a-z$€£¢]+)\.?\s*(?:\^\s*\{?\s*([23])\s*\}?)?$/u.exec(text) ?? [];
	const base = known.get(name) ?? known.get(name.replace(/s$/u, ''));
	const power = before === undefined ? Number(after ?? 1) : powers[before];
	if (!base || power === undefined || power === 1) return base;
	const [above, below] = base.factor;
	return { measures: `${base.measures}^${power}`, factor: [above ** BigInt(power), below ** BigInt(power)] };
}

/** What is left of words that are no unit, to be compared: "red apples" counts the same things as "apple". */
export function countedThings(words: string): ReadonlySet<string> {
	const plain = words.toLowerCase().match(/[a-z]{3,}/gu) ?? [];
	return new Set(plain.map((word) => word.replace(/s$/u, '')).filter((word) => !fillers.has(word)));
}

const fillers = new Set(['unit', 'the', 'and', 'all', 'total', 'altogether', 'each', 'per', 'day', 'square', 'cubic']);
