import { describe, expect, it } from 'vitest';
import * as rational from '../../../src/core/tasks/rational.js';

type Rational = rational.Rational;

/** As a fraction in lowest terms, or undefined. */
function shown(value: Rational | undefined): string | undefined {
	if (!value) return undefined;
	const { top, bottom } = rational.lowest(value);
	return bottom === 1n ? `${top}` : `${top}/${bottom}`;
}

const fraction = (top: number, bottom = 1): Rational => ({ top: BigInt(top), bottom: BigInt(bottom) });

describe('a number', () => {
	it.each([
		['42', '', '42'],
		['0042', '', '42'],
		['42.50', '', '85/2'],
		['.5', '', '1/2'],
		['5.', '', '5'],
		['6.02e3', '', '6020'],
		['1e-3', '', '1/1000'],
		['0.', '3', '1/3'],
		['0.1', '6', '1/6'],
		['123456789012345678901234567890', '', '123456789012345678901234567890'],
		['', '', undefined],
		['.', '', undefined],
		['1.2.3', '', undefined],
		['x', '', undefined],
		['1e9999', '', undefined],
	])('is read from "%s" with "%s" repeating as %s', (text, repeating, expected) => {
		expect(shown(rational.parseDecimal(text, repeating))).toBe(expected);
	});

	it('is added, multiplied and divided exactly', () => {
		expect(shown(rational.plus(fraction(1, 3), fraction(1, 6)))).toBe('1/2');
		expect(shown(rational.times(fraction(2, 3), fraction(3, 4)))).toBe('1/2');
		expect(shown(rational.dividedBy(fraction(2, 3), fraction(-4, 3)))).toBe('-1/2');
		expect(rational.dividedBy(fraction(1), fraction(0))).toBeUndefined();
	});

	it.each([
		[fraction(2), fraction(10), '1024'],
		[fraction(2), fraction(-2), '1/4'],
		[fraction(8), fraction(2, 3), '4'],
		[fraction(1, 4), fraction(1, 2), '1/2'],
		[fraction(2), fraction(1, 2), undefined],
		[fraction(0), fraction(-1), undefined],
		[fraction(9), fraction(387_420_489), undefined],
	])('%s to the power of %s is exact where it is a fraction that can be written down', (base, exponent, expected) => {
		expect(shown(rational.power(base, exponent))).toBe(expected);
	});

	it('has a real root of a negative number only where the degree is odd', () => {
		expect(shown(rational.root(fraction(-8, 27), 3n))).toBe('-2/3');
		expect(rational.root(fraction(-4), 2n)).toBeUndefined();
		expect(rational.root(fraction(3), 2n)).toBeUndefined();
	});

	it('never grows beyond its bound', () => {
		let value: Rational | undefined = fraction(3);
		let steps = 0;
		for (; value; steps++) value = rational.times(value, value);
		expect(steps).toBeLessThan(20);
	});
});
