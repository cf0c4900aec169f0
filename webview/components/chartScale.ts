/** The arithmetic of a chart: ticks at round numbers, places in pixels, names that keep clear of each other. */

export interface Domain {
	readonly min: number;
	readonly max: number;
}

/** The span of the values, with room around where they are all the same; 0–1 where there are none. */
export function domainOf(values: readonly number[]): Domain {
	// A loop and no spread: a spread of a long list is more arguments than a call takes.
	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	for (const value of values) {
		if (!Number.isFinite(value)) continue;
		if (value < min) min = value;
		if (value > max) max = value;
	}
	if (min > max) return { min: 0, max: 1 };
	return min === max ? { min: min - 0.5, max: max + 0.5 } : { min, max };
}

/** Round numbers within the domain, about so many: steps of 1, 2 or 5 times a power of ten. @param whole no fractions */
export function niceTicks({ min, max }: Domain, about: number, whole = false): readonly number[] {
	const step = niceStep((max - min) / Math.max(1, about), whole);
	const ticks: number[] = [];
	// Counted in steps, so that 0.1 + 0.2 is 0.3.
	for (let at = Math.ceil(min / step - 1e-9); at * step <= max + step * 1e-9; at++) {
		ticks.push(Number((at * step).toPrecision(12)));
	}
	return ticks;
}

/** Widens the domain to the next ticks on either side. */
export function niceDomain(domain: Domain, about: number, whole = false): Domain {
	const step = niceStep((domain.max - domain.min) / Math.max(1, about), whole);
	return {
		min: Number((Math.floor(domain.min / step + 1e-9) * step).toPrecision(12)),
		max: Number((Math.ceil(domain.max / step - 1e-9) * step).toPrecision(12)),
	};
}

function niceStep(rough: number, whole: boolean): number {
	if (!(rough > 0) || !Number.isFinite(rough)) return 1;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map((factor) => factor * power).find((nice) => nice >= rough * 0.999_999) ?? 10 * power;
	return whole ? Math.max(1, step) : step;
}

/** From a value to its place. @param from the place of `min` and that of `max`, in pixels */
export function scale({ min, max }: Domain, [start, end]: readonly [number, number]): (value: number) => number {
	const span = max - min;
	return (value) => start + (span === 0 ? 0.5 : (value - min) / span) * (end - start);
}

/**
 * Moves places apart until none is nearer than `gap` to the next, as little as it takes, and within `from`–`to` where
 * there is room. In the order in which they came.
 */
export function spread(places: readonly number[], gap: number, from: number, to: number): readonly number[] {
	const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
	const moved: number[] = [];
	for (const { place } of order) moved.push(Math.max(place, (moved.at(-1) ?? from - gap) + gap));
	let last = to;
	for (let at = moved.length - 1; at >= 0; at--) {
		last = Math.min(moved[at] ?? last, last);
		moved[at] = last;
		last -= gap;
	}
	const result = [...places];
	order.forEach(({ index }, at) => {
		result[index] = moved[at] ?? 0;
	});
	return result;
}

/** About how wide a text is, in units of its font's size; letters of East Asia are square. */
export function textWidth(text: string): number {
	let width = 0;
	for (const letter of text) width += (letter.codePointAt(0) ?? 0) >= 0x2e80 ? 1.05 : 0.56;
	return width;
}

/** The text, its end left out where it is wider than `most`. Widths as in `textWidth`. */
export function fitted(text: string, most: number): string {
	if (textWidth(text) <= most) return text;
	let kept = '';
	for (const letter of text) {
		if (textWidth(kept + letter) + 0.8 > most) break;
		kept += letter;
	}
	return `${kept.trimEnd()}…`;
}
