/** Whether two mathematical answers denote the same: by value where they have one, else by form and words. */
import { markedAnswer } from '../answerExtraction.js';
import { lowest, sameRational } from '../rational.js';
import { type Expression, variablesOf } from './expression.js';
import { type Form, isConstant } from './form.js';
import { longestAnswer, plainMath } from './plainMath.js';
import { formOf, wordsOf } from './readForm.js';
import { countedThings, unitOf } from './units.js';
import { exactly, sameValue, signOfRatio } from './value.js';

/**
 * `expected` is what the problem set says, `given` what was answered. Takes bounded time whatever is given: texts over
 * `longestAnswer` are compared by their letters alone, and reading is bounded in depth, signs, parts and size of numbers.
 */
export function sameMath(expected: string, given: string): boolean {
	const [left, right] = [finalPart(expected), finalPart(given)];
	if (left === '' || right === '') return false;
	if (left.length > longestAnswer || right.length > longestAnswer) return left === right;
	if (squeezed(left) === squeezed(right)) return true;
	return same(formOf(left), formOf(right));
}

/** The one writing of an answer: a number as a fraction in lowest terms; of anything else the letters without spaces. */
export function canonicalMath(text: string): string {
	const plain = finalPart(text);
	const form = plain.length > longestAnswer ? undefined : formOf(plain);
	const value = form?.kind === 'expression' ? exactly(form.value) : undefined;
	if (!value) return squeezed(plain);
	const { top, bottom } = lowest(value);
	return `${top}/${bottom}`;
}

/** The answer inside a marked one, in plain form: "5. I hope this helps" gives "5". */
function finalPart(text: string): string {
	const marked = markedAnswer(text) ?? text.trim();
	return marked.length > longestAnswer ? marked : plainMath(marked.split(/(?<=\d)\.\s/u)[0] ?? marked);
}

function squeezed(text: string): string {
	return /\d \d/u.test(text) ? text : text.replace(/\s+/gu, '');
}

function same(a: Form, b: Form): boolean {
	if (a.kind === 'equation' || b.kind === 'equation') return sameEquation(a, b);
	if (a.kind === 'list' || b.kind === 'list') return sameList(a, b);
	if (a.kind === 'quantity' || b.kind === 'quantity') return sameQuantity(a, b);
	if (a.kind === 'words' && b.kind === 'words') return a.text !== '' && a.text === b.text;
	if (a.kind === 'expression' && b.kind === 'expression') {
		return sameValue(a.value, b.value) ?? a.text === b.text;
	}
	if (a.kind === 'bracketed' && b.kind === 'bracketed') return sameBracketed(a, b);
	if (a.kind === 'ratio' && b.kind === 'ratio') return sameRatio(a.items, b.items);
	if (a.kind === 'matrix' && b.kind === 'matrix') {
		return a.rows.length === b.rows.length && a.rows.every((row, at) => inOrder(row, b.rows[at] ?? []));
	}
	if (a.kind === 'inequality' && b.kind === 'inequality') {
		const ratio = signOfRatio(difference(a.right, a.left), difference(b.right, b.left));
		return a.relation === b.relation && ratio === 1;
	}
	return false;
}

type Kind<K extends Form['kind']> = Extract<Form, { kind: K }>;

function inOrder(left: readonly Form[], right: readonly Form[]): boolean {
	return left.length === right.length && left.every((item, at) => same(item, right[at] ?? item));
}

/** Brackets are part of an interval; of three numbers and more they are only a way to write them. */
function sameBracketed(a: Kind<'bracketed'>, b: Kind<'bracketed'>): boolean {
	const differentVariable = a.of !== undefined && b.of !== undefined && a.of !== b.of;
	const sameBrackets = a.items.length > 2 || (a.open === b.open && a.close === b.close);
	return !differentVariable && sameBrackets && inOrder(a.items, b.items);
}

/** 3 : 4 is 6 : 8. */
function sameRatio(left: readonly Form[], right: readonly Form[]): boolean {
	const [a, b] = [left.map(exactOf), right.map(exactOf)];
	const [firstA, firstB] = [a[0], b[0]];
	if (left.length !== right.length || !firstA || !firstB) return false;
	return a.every((one, at) => {
		const other = b[at];
		if (!one || !other) return false;
		const crossed = (x: typeof firstA, y: typeof firstA) => ({ top: x.top * y.top, bottom: x.bottom * y.bottom });
		return sameRational(crossed(one, firstB), crossed(other, firstA));
	});
}

function exactOf(form: Form) {
	return form.kind === 'expression' ? exactly(form.value) : undefined;
}

// ---- equations ------------------------------------------------------------------------------------------------------

function sameEquation(a: Form, b: Form): boolean {
	if (a.kind === 'equation' && b.kind === 'equation') {
		const [left, right] = [zeroOf(a), zeroOf(b)];
		if (left && right && signOfRatio(left, right) !== undefined) return true;
		if (a.name !== undefined && b.name !== undefined) return a.name === b.name && same(a.right, b.right);
		return false;
	}
	// The value alone will do, where the left side says only what it is the value of.
	const [named, value] = a.kind === 'equation' ? [a, b] : [b, a];
	return named.kind === 'equation' && named.name !== undefined && same(named.right, value);
}

/** Left less right, for expressions with variables: equations are the same where these differ by a constant factor. */
function zeroOf({ left, right }: Kind<'equation'>): Expression | undefined {
	if (left.kind !== 'expression' || right.kind !== 'expression') return undefined;
	const zero = difference(left.value, right.value);
	return variablesOf(zero).length > 0 ? zero : undefined;
}

function difference(left: Expression, right: Expression): Expression {
	return { kind: 'call', name: 'subtract', of: [left, right] };
}

// ---- lists and sets -------------------------------------------------------------------------------------------------

function sameList(a: Form, b: Form): boolean {
	const [namedA, namedB] = [valuesByName(a), valuesByName(b)];
	// Named values are a point: "x = 1, y = 2" is (1, 2), in the order of the names.
	if (namedA && !namedB) return sameNamed(namedA, b);
	if (namedB && !namedA) return sameNamed(namedB, a);
	const isSet = (a.kind === 'list' && a.isSet) || (b.kind === 'list' && b.isSet);
	const [left, right] = [itemsOf(a), itemsOf(b)].map((items) => (isSet ? distinct(items) : items));
	return left !== undefined && right !== undefined && inAnyOrder(left, right);
}

function itemsOf(form: Form): readonly Form[] {
	return form.kind === 'list' ? form.items : [form];
}

function inAnyOrder(left: readonly Form[], right: readonly Form[]): boolean {
	if (left.length !== right.length) return false;
	const rest = [...right];
	return left.every((item) => {
		const at = rest.findIndex((other) => same(item, other));
		if (at >= 0) rest.splice(at, 1);
		return at >= 0;
	});
}

function distinct(items: readonly Form[]): readonly Form[] {
	return items.filter((item, at) => !items.slice(0, at).some((earlier) => same(earlier, item)));
}

/** The values of an answer that gives each of several names one, sorted by name. */
function valuesByName(form: Form): readonly Form[] | undefined {
	if (form.kind !== 'list' || form.items.length < 2) return undefined;
	const named = new Map<string, Form>();
	for (const item of form.items) {
		if (item.kind !== 'equation' || item.name === undefined) return undefined;
		named.set(item.name, item.right);
	}
	if (named.size !== form.items.length) return undefined;
	return [...named].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}

function sameNamed(values: readonly Form[], other: Form): boolean {
	if (other.kind === 'bracketed') return other.open === '(' && other.close === ')' && inOrder(values, other.items);
	return inOrder(values, itemsOf(other));
}

// ---- quantities -----------------------------------------------------------------------------------------------------

function sameQuantity(a: Form, b: Form): boolean {
	if ((a.kind === 'quantity' && a.also && same(a.also, b)) || (b.kind === 'quantity' && b.also && same(a, b.also))) {
		return true;
	}
	if (a.kind !== 'quantity' || b.kind !== 'quantity') {
		const [quantity, bare] = a.kind === 'quantity' ? [a, b] : [b, a];
		return quantity.kind === 'quantity' && bare.kind === 'expression' && sameUnnamed(quantity, bare);
	}
	const [one, other] = [unitOf(a.unit), unitOf(b.unit)];
	if (!one && !other) return sameThings(a.unit, b.unit) && same(a.value, b.value);
	if (!one || !other || one.measures !== other.measures) return false;
	return same(scaled(a.value, one.factor), scaled(b.value, other.factor));
}

/** One side has a unit and the other none. 50 % is answered with "50" as well as with "0.5", 90° with "90" or π/2. */
function sameUnnamed(quantity: Kind<'quantity'>, bare: Kind<'expression'>): boolean {
	if (!isConstant(bare)) return false;
	if (same(quantity.value, bare)) return true;
	if (quantity.unit === '%') return same(scaled(quantity.value, [1n, 100n]), bare);
	return (
		quantity.unit === '°' &&
		/\\?pi/u.test(bare.text) &&
		same(times(quantity.value, { kind: 'constant', name: 'degree' }), bare)
	);
}

function scaled(value: Form, [above, below]: readonly [bigint, bigint]): Form {
	const number = (digits: bigint): Expression => ({ kind: 'number', digits: String(digits), repeating: '' });
	return times(value, { kind: 'call', name: 'divide', of: [number(above), number(below)] });
}

function times(form: Form, factor: Expression): Form {
	if (form.kind !== 'expression') return form;
	return { ...form, value: { kind: 'call', name: 'multiply', of: [form.value, factor] } };
}

/** Words that are no units: the same things are counted where one side says no more than the other. */
function sameThings(left: string, right: string): boolean {
	if (wordsOf(left) === wordsOf(right)) return true;
	if (/[%°]/u.test(left + right)) return false;
	const [a, b] = [countedThings(left), countedThings(right)];
	return [...a].every((word) => b.has(word)) || [...b].every((word) => a.has(word));
}
