/** Exact numbers as fractions of big integers; whatever would grow beyond a fixed size is undefined. */

export interface Rational {
	readonly top: bigint;
	/** Positive. */
	readonly bottom: bigint;
}

/** Numerator and denominator stay below 2^20,000, some 6,000 digits, so that no power takes all time or memory. */
const mostBits = 20_000;
const most = 1n << BigInt(mostBits);

type Perhaps = Rational | undefined;

export function wholeNumber(value: number): Rational {
	return { top: BigInt(value), bottom: 1n };
}

export function sameRational(a: Rational, b: Rational): boolean {
	return a.top * b.bottom === b.top * a.bottom;
}

/** "12", "1.50", ".5", "6.02e23"; with `repeating` those digits go on for ever: 0.1 and "6" are a sixth. */
export function parseDecimal(text: string, repeating = ''): Perhaps {
	const match = /^(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/iu.exec(text);
	const [, whole = '', part = '', exponent = '0'] = match ?? [];
	if (!match || whole + part + repeating === '') return undefined;
	const digits = whole + part;
	const scale = 10n ** BigInt(part.length);
	const value = fraction(BigInt(digits === '' ? '0' : digits), scale);
	const tail =
		repeating === '' ? wholeNumber(0) : fraction(BigInt(repeating), scale * BigInt('9'.repeat(repeating.length)));
	const ten = power(wholeNumber(10), wholeNumber(Number(exponent)));
	const sum = value && tail && plus(value, tail);
	return sum && ten && times(sum, ten);
}

export function plus(a: Rational, b: Rational): Perhaps {
	return fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
}

export function negative({ top, bottom }: Rational): Rational {
	return { top: -top, bottom };
}

export function times(a: Rational, b: Rational): Perhaps {
	return fraction(a.top * b.top, a.bottom * b.bottom);
}

export function dividedBy(a: Rational, b: Rational): Perhaps {
	return fraction(a.top * b.bottom, a.bottom * b.top);
}

/** Exact roots of powers with a fraction above: 8^(2/3). Undefined where the result is no fraction. */
export function power(base: Rational, exponent: Rational): Perhaps {
	const { top: times, bottom: degree } = lowest(exponent);
	const start = degree === 1n ? base : root(base, degree);
	if (!start || times > BigInt(mostBits) || times < BigInt(-mostBits)) return undefined;
	const size = times < 0n ? -times : times;
	if (size * BigInt(Math.max(bits(start.top), bits(start.bottom)) - 1) > BigInt(mostBits)) return undefined;
	const [top, bottom] = [start.top ** size, start.bottom ** size];
	return times < 0n ? fraction(bottom, top) : fraction(top, bottom);
}

/** The real root, where it is a fraction; of a negative number only where `degree` is odd. */
export function root(value: Rational, degree: bigint): Perhaps {
	if (degree < 1n || degree > 64n || (value.top < 0n && degree % 2n === 0n)) return undefined;
	const { top, bottom } = lowest(value);
	const [above, below] = [wholeRoot(top < 0n ? -top : top, degree), wholeRoot(bottom, degree)];
	return above === undefined || below === undefined ? undefined : fraction(top < 0n ? -above : above, below);
}

/** By halving: at most `mostBits` steps. */
function wholeRoot(value: bigint, degree: bigint): bigint | undefined {
	let low = 0n;
	let high = 1n << (BigInt(bits(value)) / degree + 1n);
	while (low < high) {
		const middle = (low + high) >> 1n;
		if (middle ** degree < value) low = middle + 1n;
		else high = middle;
	}
	return low ** degree === value ? low : undefined;
}

/** Undefined where `bottom` is zero, or one of both too large. */
function fraction(top: bigint, bottom: bigint): Perhaps {
	if (bottom === 0n || top >= most || top <= -most || bottom >= most || bottom <= -most) return undefined;
	return bottom < 0n ? { top: -top, bottom: -bottom } : { top, bottom };
}

export function lowest({ top, bottom }: Rational): Rational {
	let [a, b] = [top < 0n ? -top : top, bottom];
	while (b !== 0n) [a, b] = [b, a % b];
	return a === 0n ? { top: 0n, bottom: 1n } : { top: top / a, bottom: bottom / a };
}

function bits(value: bigint): number {
	return value === 0n ? 1 : value.toString(16).replace('-', '').length * 4;
}
