/** Typed arrays that grow. */

/** A copy with room for `needed` elements, and for at least twice as many as before. */
export function longer<T extends Uint16Array | Uint32Array | Int32Array>(array: T, needed: number): T;
export function longer(array: Uint16Array | Uint32Array | Int32Array, needed: number): typeof array {
	const length = Math.max(needed, array.length * 2);
	const copy = emptyLike(array, length);
	copy.set(array);
	return copy;
}

function emptyLike(array: Uint16Array | Uint32Array | Int32Array, length: number): typeof array {
	if (array instanceof Uint16Array) return new Uint16Array(length);
	return array instanceof Int32Array ? new Int32Array(length) : new Uint32Array(length);
}

/** A list of whole numbers below 2³² in one typed array. */
export class NumberList {
	length: number;

	/** @param data numbers to begin with; kept, not copied */
	constructor(public data: Uint32Array = new Uint32Array(0)) {
		this.length = data.length;
	}

	push(value: number): void {
		if (this.length === this.data.length) this.data = longer(this.data, 1024);
		this.data[this.length++] = value;
	}

	/** The number at a place, 0 beyond the end. */
	at(place: number): number {
		return this.data[place] ?? 0;
	}

	/** What is filled; a view, not a copy. */
	view(): Uint32Array {
		return this.data.subarray(0, this.length);
	}
}
