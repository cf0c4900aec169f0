/** Exact numbers as fractions of big integers, read from the ways in which answers are written. */

export interface Rational {
	readonly top: bigint;
	/** Positive. */
	readonly bottom: bigint;
}

export function sameRational(a: Rational, b: Rational): boolean {
	return a.top * b.bottom === b.top * a.bottom;
}

/**
 * The number that `text` denotes: integer, decimal, fraction, mixed number, per cent, with currency, unit, thousands
 * separators, or simple LaTeX (\frac, \sqrt of a square, ^, \cdot). Undefined where it is not one number.
 */
export function parseRational(text: string): Rational | undefined {
	const plain = simplify(text);
	const percent = /^(.*)(?:%|percent)$/u.exec(plain);
	if (percent) return scaled(parseRational(percent[1] ?? ''), 100n);
	return mixed(plain) ?? fraction(plain) ?? power(plain) ?? decimal(plain);
}

/** Words after the number, or a unit written onto it; a single other letter is a variable: "5x" and "5 pi" are not 5. */
const withUnit =
	/^(-?\s*[\d./ ]*[\d.])(?:\s+(?!(?:pi|percent)\b)[a-z]{2,}|\s*(?:[cdk]?m|mm|[km]?g|m?l|min|m?s|h|am|pm|st|nd|rd|th)\b)(?:[\s/][a-z]+)*$/iu;

function simplify(text: string): string {
	return text
		.replace(/(?<=\d)(?=[¼-¾⅐-⅞])/gu, ' ')
		.replace(/(?<=\d)[⁰¹²³⁴-⁹]+/gu, '^$&')
		.normalize('NFKC')
		.replace(/[−–]/gu, '-')
		.replace(/⁄/gu, '/')
		.replace(/\\(?:text|mathrm|mbox)\s*\{[^{}]*\}/gu, '')
		.replace(/\\left|\\right|\\[,;!: ]|\\\$|\\degree|\^\{?\\circ\}?|°/gu, '')
		.replace(/\\%/gu, '%')
		.replace(/[$€£¥]/gu, '')
		.replace(/\\sqrt\s*\{(\d{1,15})\}/gu, (all, digits: string) => squareRoot(digits) ?? all)
		.replace(/(-?)\s*\\[dt]?frac\s*\{([^{}]+)\}\s*\{([^{}]+)\}/gu, ' $1$2/$3')
		.replace(/(-?)\s*\\[dt]?frac\s*(\d)\s*(\d)/gu, ' $1$2/$3')
		.replace(/(?<=\d),(?=\d{3}(?!\d))/gu, '')
		.replace(/\{,\}(?=\d{3})/gu, '')
		.replace(/[.]$/u, '')
		.trim()
		.replace(withUnit, '$1')
		.trim()
		.toLowerCase();
}

function squareRoot(digits: string): string | undefined {
	const root = Math.round(Math.sqrt(Number(digits)));
	return root * root === Number(digits) ? String(root) : undefined;
}

/** "2 1/3". */
function mixed(text: string): Rational | undefined {
	const match = /^(-?)\s*(\d+)\s+(\d+)\s*\/\s*(\d+)$/u.exec(text);
	if (!match) return undefined;
	const bottom = BigInt(match[4] ?? '0');
	if (bottom === 0n) return undefined;
	const top = BigInt(match[2] ?? '0') * bottom + BigInt(match[3] ?? '0');
	return { top: match[1] === '-' ? -top : top, bottom };
}

function fraction(text: string): Rational | undefined {
	const parts = text.split('/');
	if (parts.length !== 2) return undefined;
	const a = decimal((parts[0] ?? '').trim());
	const b = decimal((parts[1] ?? '').trim());
	if (!a || !b || b.top === 0n) return undefined;
	const sign = b.top < 0n ? -1n : 1n;
	return { top: a.top * b.bottom * sign, bottom: a.bottom * b.top * sign };
}

/** "2^{10}", "10^3"; the exponent is bounded so that no answer can take all memory. */
function power(text: string): Rational | undefined {
	const match = /^(-?\d+)\s*\^\s*\{?\s*(\d{1,3})\s*\}?$/u.exec(text);
	return match ? { top: BigInt(match[1] ?? '0') ** BigInt(match[2] ?? '0'), bottom: 1n } : undefined;
}

function decimal(text: string): Rational | undefined {
	const match = /^([-+]?)\s*(\d*)(?:\.(\d+))?$/u.exec(text);
	if (!match || (match[2] === '' && match[3] === undefined)) return undefined;
	const digits = match[3] ?? '';
	const top = BigInt(`${match[2] ?? ''}${digits}` || '0');
	return { top: match[1] === '-' ? -top : top, bottom: 10n ** BigInt(digits.length) };
}

function scaled(value: Rational | undefined, by: bigint): Rational | undefined {
	return value && { top: value.top, bottom: value.bottom * by };
}
