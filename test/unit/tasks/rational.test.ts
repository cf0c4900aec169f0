import { describe, expect, it } from 'vitest';
import { parseRational, sameRational } from '../../../src/core/tasks/rational.js';

/** As a fraction in lowest terms, or undefined. */
function shown(text: string): string | undefined {
	const value = parseRational(text);
	if (!value) return undefined;
	const divisor = gcd(value.top < 0n ? -value.top : value.top, value.bottom);
	const [top, bottom] = [value.top / divisor, value.bottom / divisor];
	return bottom === 1n ? `${top}` : `${top}/${bottom}`;
}

function gcd(a: bigint, b: bigint): bigint {
	return b === 0n ? a : gcd(b, a % b);
}

describe('a number', () => {
	it.each([
		['42', '42'],
		['-42', '-42'],
		['−42', '-42'],
		['+42', '42'],
		['0042', '42'],
		['42.', '42'],
		['42.50', '85/2'],
		['.5', '1/2'],
		['1,234,567', '1234567'],
		['1{,}234', '1234'],
		['$1,234.50', '2469/2'],
		['\\$18', '18'],
		['€ 5', '5'],
		['-$5', '-5'],
		['18 dollars', '18'],
		['18 square feet', '18'],
		['3/4', '3/4'],
		['-3/4', '-3/4'],
		['3/-4', '-3/4'],
		['6/8', '3/4'],
		['½', '1/2'],
		['2½', '5/2'],
		['2 1/3', '7/3'],
		['-2 1/3', '-7/3'],
		['\\frac{3}{4}', '3/4'],
		['-\\dfrac{3}{4}', '-3/4'],
		['\\frac34', '3/4'],
		['2\\frac{1}{3}', '7/3'],
		['50%', '1/2'],
		['50\\%', '1/2'],
		['12.5 percent', '1/8'],
		['\\sqrt{16}', '4'],
		['2^{10}', '1024'],
		['10^3', '1000'],
		['42\\text{ cm}', '42'],
		['$42$', '42'],
		['90^\\circ', '90'],
		['90^{\\circ}', '90'],
		['90°', '90'],
		['٤٢', undefined],
		['123456789012345678901234567890', '123456789012345678901234567890'],
	])('is read from "%s" as %s', (text, expected) => {
		expect(shown(text)).toBe(expected);
	});

	it.each([
		'',
		' ',
		'-',
		'.',
		'x',
		'1/0',
		'1 1/0',
		'1/2/3',
		'4 or 5',
		'3, 4',
		'(1, 2)',
		'\\sqrt{2}',
		'2^{9999}',
		'1.2.3',
	])('is not read from "%s"', (text) => {
		expect(parseRational(text)).toBeUndefined();
	});

	it('is the same as another of equal value, however large', () => {
		const same = (a: string, b: string) => {
			const [x, y] = [parseRational(a), parseRational(b)];
			return x !== undefined && y !== undefined && sameRational(x, y);
		};
		expect(same('0.1', '1/10')).toBe(true);
		expect(same('0.3333333333333333', '1/3')).toBe(false);
		expect(same('9007199254740993', '9007199254740992')).toBe(false);
		expect(same('-0', '0')).toBe(true);
	});

	it('of a long hostile text is refused in reasonable time', () => {
		const started = performance.now();
		for (const text of [
			'1 '.repeat(20_000),
			`${'1'.repeat(20_000)}x!`,
			`1${' a'.repeat(20_000)}!`,
			'{'.repeat(20_000),
		]) {
			parseRational(text);
		}
		expect(performance.now() - started).toBeLessThan(3_000);
	});
});
