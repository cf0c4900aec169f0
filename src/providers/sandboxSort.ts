/** Sorting in the sandbox as V8 does it, also where a comparison contradicts itself; the part of the prelude that does so, as text. */

/**
 * Engines are free in what they make of `sort((a, b) => a > b)`, which code of models often holds: V8 leaves the order, the
 * sandbox's own engine sorts. So arrays of fewer than 64 values are sorted with V8's steps: one run, then binary insertion.
 */
export const sandboxSort = String.raw`// ---- sorting --------------------------------------------------------------------------------------------------

const ownSort = Array.prototype.sort;

function insertionSorted(values, compare) {
	const order = (x, y) => Number(compare(x, y)) || 0;
	let run = 2;
	const descending = order(values[1], values[0]) < 0;
	while (run < values.length && order(values[run], values[run - 1]) < 0 === descending) run++;
	if (descending) values.splice(0, run, ...values.slice(0, run).reverse());
	for (let at = run; at < values.length; at++) {
		const pivot = values[at];
		let left = 0;
		let right = at;
		while (left < right) {
			const middle = left + ((right - left) >> 1);
			if (order(pivot, values[middle]) < 0) right = middle;
			else left = middle + 1;
		}
		values.copyWithin(left + 1, left, at);
		values[left] = pivot;
	}
	return values;
}

function sort(compare) {
	const length = this.length;
	if (!isArray(this) || typeof compare !== 'function' || length >= 64) return ownSort.call(this, compare);
	const present = keys(this).filter((key) => /^\d+$/.test(key)).map((key) => this[key]);
	const values = present.filter((value) => value !== undefined);
	const sorted = values.length > 1 ? insertionSorted(values, compare) : values;
	for (let at = 0; at < length; at++) {
		if (at < present.length) this[at] = sorted[at];
		else delete this[at];
	}
	return this;
}

Object.defineProperty(Array.prototype, 'sort', { value: sort, writable: true, configurable: true, enumerable: false });
Object.defineProperty(Array.prototype, 'toSorted', { value: function toSorted(compare) { return sort.call([...this], compare); }, writable: true, configurable: true, enumerable: false });`;
