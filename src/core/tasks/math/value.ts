/** What an expression is worth: exactly where it is a fraction, else as complex numbers at fixed points. */
import { Complex } from 'complex.js';
import { hashSeed, seededRandom } from '../../random.js';
import type { Rational } from '../rational.js';
import * as rational from '../rational.js';
import { type Expression, renamed, variablesOf } from './expression.js';

/** Whether both are the same number, or the same function of the same variables. Undefined where neither has a value. */
export function sameValue(a: Expression, b: Expression): boolean | undefined {
	const [exactA, exactB] = [exactly(a), exactly(b)];
	if (exactA && exactB) return rational.sameRational(exactA, exactB);
	// A decimal that stops is no irrational number, however close it is.
	const exact = exactA ?? exactB;
	if (exact && isLong(exact)) return false;
	if (exact === undefined && hasLongDecimal(a) !== hasLongDecimal(b)) return false;
	const [left, right] = sameNames(a, b);
	const names = [...new Set([...variablesOf(left), ...variablesOf(right)])];
	let agreed = 0;
	for (const point of pointsFor(names)) {
		const [x, y] = [approximately(left, point), approximately(right, point)];
		if (x && y) {
			if (!isClose(x, y)) return false;
			agreed++;
		} else if ((x || y) && names.length === 0) return false;
	}
	return agreed >= (names.length === 0 ? 1 : 3) ? true : undefined;
}

/** The factor between two expressions where it is the same everywhere, as the sign of it; for equations and inequalities. */
export function signOfRatio(a: Expression, b: Expression): 1 | -1 | undefined {
	const names = [...new Set([...variablesOf(a), ...variablesOf(b)])];
	let ratio: Complex | undefined;
	for (const point of pointsFor(names)) {
		const [x, y] = [approximately(a, point), approximately(b, point)];
		if (!x || !y || y.value.abs() < 1e-6) continue;
		const found = x.value.div(y.value);
		if (Math.abs(found.im) > tolerance || Math.abs(found.re) < 1e-9) return undefined;
		if (ratio && found.sub(ratio).abs() > 1e-9 * ratio.abs()) return undefined;
		ratio = found;
	}
	return ratio && (ratio.re > 0 ? 1 : -1);
}

/** Fractions that only a long decimal writes so: none of them is what a short formula gives. */
function isLong(value: Rational): boolean {
	const { top, bottom } = rational.lowest(value);
	return bottom >= 10n ** 9n && top !== 0n;
}

const longDecimal = /\.\d{10,}/u;

function hasLongDecimal(expression: Expression): boolean {
	if (expression.kind === 'number') return longDecimal.test(expression.digits);
	return expression.kind === 'call' && expression.of.some(hasLongDecimal);
}

/** "X + 1" is "x + 1", as long as no other variable of the expression is lost in it. */
function sameNames(a: Expression, b: Expression): readonly [Expression, Expression] {
	const [left, right] = [variablesOf(a), variablesOf(b)];
	if (left.join() === right.join()) return [a, b];
	const lower = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()));
	if (lower(left).size !== left.length || lower(right).size !== right.length) return [a, b];
	return [renamed(a, (name) => name.toLowerCase()), renamed(b, (name) => name.toLowerCase())];
}

// ---- exact values ---------------------------------------------------------------------------------------------------

type Perhaps = Rational | undefined;

/** The fraction that a constant expression gives; undefined where it is none, or too large to be written down. */
export function exactly(expression: Expression): Perhaps {
	if (expression.kind === 'number') return rational.parseDecimal(expression.digits, expression.repeating);
	if (expression.kind !== 'call') return undefined;
	const [a, b] = expression.of.map(exactly);
	const act = exact[expression.name];
	if (!a || !act || (expression.of.length > 1 && !b)) return undefined;
	return act(a, b ?? a);
}

const half: Rational = { top: 1n, bottom: 2n };

const exact: Readonly<Record<string, (a: Rational, b: Rational) => Perhaps>> = {
	add: rational.plus,
	subtract: (a, b) => rational.plus(a, rational.negative(b)),
	multiply: rational.times,
	divide: rational.dividedBy,
	pow: (a, b) => (a.top < 0n && rational.lowest(b).bottom !== 1n ? undefined : rational.power(a, b)),
	unaryMinus: rational.negative,
	unaryPlus: (a) => a,
	sqrt: (a) => (a.top < 0n ? undefined : rational.power(a, half)),
	root: (a, b) => {
		const degree = smallWhole(b, 64);
		return degree === undefined ? undefined : rational.root(a, BigInt(degree));
	},
	abs: (a) => (a.top < 0n ? rational.negative(a) : a),
	floor: (a) => ({ top: floor(a), bottom: 1n }),
	ceil: (a) => ({ top: -floor(rational.negative(a)), bottom: 1n }),
	factorial: (a) => {
		const size = smallWhole(a, 500);
		return size === undefined ? undefined : { top: product(1, size), bottom: 1n };
	},
	binom: (a, b) => {
		const [from, take] = [smallWhole(a, 500), smallWhole(b, 500)];
		if (from === undefined || take === undefined) return undefined;
		return { top: take > from ? 0n : product(from - take + 1, from) / product(1, take), bottom: 1n };
	},
};

function floor(value: Rational): bigint {
	const { top, bottom } = value;
	return top >= 0n || top % bottom === 0n ? top / bottom : top / bottom - 1n;
}

function smallWhole(value: Rational, most: number): number | undefined {
	const { top, bottom } = rational.lowest(value);
	return bottom === 1n && top >= 0n && top <= BigInt(most) ? Number(top) : undefined;
}

function product(from: number, to: number): bigint {
	let all = 1n;
	for (let factor = from; factor <= to; factor++) all *= BigInt(factor);
	return all;
}

// ---- values at points -----------------------------------------------------------------------------------------------

/** A value of each variable. */
type Point = ReadonlyMap<string, number>;

/** Of the larger of two values; doubles are some ten times as exact after a few dozen steps. */
const tolerance = 1e-12;

/** Positive values below and above 1, values of both signs, and whole ones (of factorials); the same for the same names. */
function pointsFor(names: readonly string[]): readonly Point[] {
	if (names.length === 0) return [new Map()];
	const at = (kind: string, value: (random: number) => number): readonly Point[] =>
		[1, 2, 3].map((number) => {
			const drawn = (name: string) => value(seededRandom(hashSeed(kind, number, name))());
			return new Map(names.map((name) => [name, drawn(name)]));
		});
	return [
		...at('positive', (random) => 0.25 + 2.9 * random),
		...at('signed', (random) => (random < 0.5 ? -1 : 1) * (0.3 + 3 * ((2 * random) % 1))),
		...at('whole', (random) => 2 + Math.floor(9 * random)),
	];
}

interface Approximation {
	readonly value: Complex;
	/** The largest number that was added or subtracted on the way: what is lost in it is no difference. */
	readonly scale: number;
}

function isClose(a: Approximation, b: Approximation): boolean {
	const size = Math.max(a.value.abs(), b.value.abs());
	const lost = 1e-14 * Math.max(a.scale, b.scale);
	return a.value.sub(b.value).abs() <= tolerance * size + lost;
}

class NoValue extends Error {}

function approximately(expression: Expression, point: Point): Approximation | undefined {
	let scale = 0;
	const at = (one: Expression): Complex => {
		if (one.kind === 'number') return new Complex(numberOf(one), 0);
		if (one.kind === 'constant') return constants[one.name] ?? none();
		if (one.kind === 'variable') return new Complex(point.get(one.name) ?? none(), 0);
		const [a = none(), b] = one.of.map(at);
		if (one.name === 'add' || one.name === 'subtract') scale = Math.max(scale, a.abs(), b?.abs() ?? 0);
		const value = (acts[one.name] ?? none())(a, b ?? new Complex(0, 0));
		return Number.isFinite(value.re) && Number.isFinite(value.im) ? value : none();
	};
	try {
		return { value: at(expression), scale };
	} catch (error) {
		if (error instanceof NoValue) return undefined;
		throw error;
	}
}

function none(): never {
	throw new NoValue();
}

function numberOf({ digits, repeating }: Extract<Expression, { kind: 'number' }>): number {
	if (repeating === '') return Number(digits);
	const value = rational.parseDecimal(digits, repeating) ?? none();
	return Number(value.top) / Number(value.bottom);
}

const constants: Readonly<Record<string, Complex>> = {
	pi: new Complex(Math.PI, 0),
	e: new Complex(Math.E, 0),
	i: new Complex(0, 1),
	degree: new Complex(Math.PI / 180, 0),
};

const acts: Readonly<Record<string, (a: Complex, b: Complex) => Complex>> = {
	add: (a, b) => a.add(b),
	subtract: (a, b) => a.sub(b),
	multiply: (a, b) => a.mul(b),
	divide: (a, b) => (b.abs() < 1e-12 * Math.max(1, a.abs()) ? none() : a.div(b)),
	pow: (a, b) => (isReal(a) && a.re < 0 && isReal(b) && !Number.isInteger(b.re) ? none() : a.pow(b)),
	unaryMinus: (a) => a.neg(),
	unaryPlus: (a) => a,
	sqrt: (a) => a.sqrt(),
	root: (a, b) => rootOf(a, b),
	abs: (a) => new Complex(a.abs(), 0),
	floor: (a) => (isReal(a) ? new Complex(Math.floor(a.re), 0) : none()),
	ceil: (a) => (isReal(a) ? new Complex(Math.ceil(a.re), 0) : none()),
	factorial: (a) => factorial(a),
	binom: (a, b) => factorial(a).div(factorial(b).mul(factorial(a.sub(b)))),
	log: (a, b) => logarithm(a).div(logarithm(b)),
	lg: (a) => logarithm(a).div(Math.LN10, 0),
	ln: (a) => logarithm(a),
	exp: (a) => a.exp(),
	...Object.fromEntries(
		(
			[
				'sin',
				'cos',
				'tan',
				'sec',
				'csc',
				'cot',
				'asin',
				'acos',
				'atan',
				'asec',
				'acsc',
				'acot',
				'sinh',
				'cosh',
				'tanh',
			] as const
		).map((name) => [name, (a: Complex) => a[name]()]),
	),
};

function isReal(value: Complex): boolean {
	return Math.abs(value.im) <= 1e-12 * Math.max(1, Math.abs(value.re));
}

/** Of a negative number only the odd roots that are real. */
function rootOf(of: Complex, degree: Complex): Complex {
	if (!isReal(of) || !isReal(degree) || degree.re === 0) return none();
	if (of.re >= 0) return new Complex(of.re ** (1 / degree.re), 0);
	return degree.re % 2 === 1 ? new Complex(-((-of.re) ** (1 / degree.re)), 0) : none();
}

function logarithm(of: Complex): Complex {
	if (of.abs() === 0 || (isReal(of) && of.re < 0)) return none();
	return of.log();
}

function factorial(of: Complex): Complex {
	if (!isReal(of) || of.re < 0 || of.re > 170 || Math.abs(of.re - Math.round(of.re)) > 1e-9) return none();
	let value = 1;
	for (let factor = 2; factor <= Math.round(of.re); factor++) value *= factor;
	return new Complex(value, 0);
}
