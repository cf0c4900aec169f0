/** Reads an answer in plain mathematical text into its form: each reader knows one way of writing, the first that fits counts. */
import { closing, matching, split } from './brackets.js';
import { type Form, isConstant, type Relation } from './form.js';
import { expression, quantity, withoutThousands } from './numberForms.js';
import { parseExpression } from './parseExpression.js';

/** More parts than this, and brackets deeper than this, are read as words. */
const mostItems = 60;
const deepest = 12;

/** @param text plain (`plainMath`), of bounded length */
export function formOf(text: string, depth = 0): Form {
	const bare = text.trim();
	if (depth > deepest) return words(bare);
	for (const read of readers) {
		const form = read(bare, depth + 1);
		if (form) return form;
	}
	return words(bare);
}

type Reader = (text: string, depth: number) => Form | undefined;

const readers: readonly Reader[] = [
	special,
	timeOfDay,
	matrix,
	based,
	list,
	union,
	membership,
	inequality,
	equation,
	ratio,
	bracketed,
	plusMinus,
	numberWord,
	expression,
	quantity,
	spoken,
];

function words(text: string): Form {
	return { kind: 'words', text: wordsOf(text) };
}

/** Words as they are compared: small letters, without articles and marks. */
export function wordsOf(text: string): string {
	return text
		.toLowerCase()
		.replace(/[^\p{L}\p{N}+\-*/^=<>≤≥.:_∞∅]+/gu, ' ')
		.replace(/(?<!\d)\.|\.(?!\d)/gu, '')
		.replace(/\b(?:a|an|the)\s+(?=\p{L})/gu, '')
		.trim();
}

// ---- words that are mathematics -------------------------------------------------------------------------------------

const emptySet: Form = { kind: 'list', isSet: true, items: [] };

function special(text: string): Form | undefined {
	if (/^(?:∅|⦃\s*⦄|\{\s*\})$/u.test(text)) return emptySet;
	const said = wordsOf(text);
	if (/^(?:there (?:is|are) )?no (?:real |integer )?(?:solutions?|roots?|answers?)(?: exists?)?$/u.test(said))
		return emptySet;
	if (/^(?:ℝ|all reals?(?: numbers?)?)$/u.test(said) || text === 'ℝ') {
		return { kind: 'bracketed', open: '(', close: ')', items: [infinite('-'), infinite('')] };
	}
	const unbounded = /^([+-]?)\s*(?:∞|infinity)$/iu.exec(text);
	return unbounded ? infinite(unbounded[1] === '-' ? '-' : '') : undefined;
}

function infinite(sign: '' | '-'): Form {
	return { kind: 'words', text: `${sign}∞` };
}

function timeOfDay(text: string): Form | undefined {
	const match = /^(\d{1,2}(?::\d\d)?)\s*([ap])\.?\s?m\.?$/iu.exec(text);
	return match ? { kind: 'words', text: `${match[1]} ${match[2]?.toLowerCase()}m` } : undefined;
}

/** "2516_8": a number in a base, compared by its digits. */
function based(text: string): Form | undefined {
	const match = /^([\dA-F]+)\s*_\s*(?:(\d+)|\{\s*(\d+)\s*\})$/u.exec(text);
	return match ? { kind: 'words', text: `${match[1]}_${match[2] ?? match[3]}` } : undefined;
}

const numbers =
	'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
		' ',
	);

function numberWord(text: string, depth: number): Form | undefined {
	const [first = '', ...rest] = text.split(' ');
	const at = numbers.indexOf(first.toLowerCase());
	return at < 0 ? undefined : formOf([at, ...rest].join(' '), depth);
}

const lead =
	/^(?:.*\b(?:is|are|was|equals?|equal to)|so|thus|hence|therefore|about|approximately|roughly|exactly|only)[\s,:]+(?=\S)/iu;
/** Words that would make another answer of the number. */
const bound = /\b(?:not|no|least|most|than|over|under|above|below|up to|between|from)\b/iu;

/** "about 42", "the area is 42", "She has 3 apples left": words that say nothing about the value of the one number. */
function spoken(text: string, depth: number): Form | undefined {
	if (bound.test(text)) return undefined;
	const rest = text.replace(lead, '');
	if (rest !== text) return formOf(rest, depth);
	const sentence = /^[a-z][a-z',]*(?: [a-z',]+)+ ([-+]?[$€£]?\d[^\d]*(?:[,./]\d+)*[^\d]*)$/iu.exec(text);
	return sentence ? formOf(sentence[1] ?? '', depth) : undefined;
}

// ---- several answers ------------------------------------------------------------------------------------------------

function list(text: string, depth: number): Form | undefined {
	const parts = split(withoutThousands(text), /,\s*(?:and|or)\b|[,;]|\b(?:and|or)\b/iuy);
	if (parts.length < 2) return undefined;
	if (parts.length > mostItems || parts.some((part) => part === '')) return words(text);
	return listOf(
		parts.map((part) => formOf(part, depth)),
		false,
	);
}

function union(text: string, depth: number): Form | undefined {
	const parts = split(text, /∪/uy);
	if (parts.length < 2 || parts.length > mostItems) return undefined;
	return listOf(
		parts.map((part) => formOf(part, depth)),
		false,
	);
}

/** What a part offers as several answers stands beside the others. */
function listOf(items: readonly Form[], isSet: boolean): Form {
	return {
		kind: 'list',
		isSet,
		items: items.flatMap((item) => (item.kind === 'list' && !item.isSet ? item.items : [item])),
	};
}

/** "3 ± √5" is two answers. */
function plusMinus(text: string, depth: number): Form | undefined {
	if (!/[±∓]/u.test(text)) return undefined;
	const signed = (plus: string, minus: string) => formOf(text.replaceAll('±', plus).replaceAll('∓', minus), depth);
	return listOf([signed('+', '-'), signed('-', '+')], false);
}

function ratio(text: string, depth: number): Form | undefined {
	const parts = split(text, /:|\bto\b/iuy);
	if (parts.length < 2 || parts.length > mostItems) return undefined;
	const items = parts.map((part) => formOf(part, depth));
	return items.every(isConstant) ? { kind: 'ratio', items } : undefined;
}

function bracketed(text: string, depth: number): Form | undefined {
	const open = text[0] ?? '';
	if (closing[open] === undefined || matching(text) !== text.length - 1) return undefined;
	const close = text.at(-1) ?? '';
	const inside = text.slice(1, -1);
	const parts = split(inside, /[,;]/uy);
	if (parts.length > mostItems) return undefined;
	if (open === '⦃' || (open === '{' && parts.length > 1)) {
		return listOf(
			parts.map((part) => formOf(part, depth)),
			true,
		);
	}
	if (parts.length === 1) return open === '{' || open === '(' ? formOf(inside, depth) : undefined;
	const round = (sign: string) => sign.replace('⟨', '(').replace('⟩', ')');
	return { kind: 'bracketed', open: round(open), close: round(close), items: parts.map((part) => formOf(part, depth)) };
}

function matrix(text: string, depth: number): Form | undefined {
	const match =
		/^[([]?\s*\\begin\s*\{([bpvBV]?matrix|smallmatrix|array)\}(?:\s*\{[lcr|\s]*\})?([\s\S]*)\\end\s*\{\1\}\s*[)\]]?$/u.exec(
			text,
		);
	if (!match) return undefined;
	const rows = (match[2] ?? '').split('⏎').filter((row) => row.trim() !== '');
	const cells = rows.map((row) => row.split('&'));
	if (cells.flat().length > mostItems) return undefined;
	return { kind: 'matrix', rows: cells.map((row) => row.map((cell) => formOf(cell, depth))) };
}

// ---- equations and inequalities -------------------------------------------------------------------------------------

/** "x ∈ [1, 2)". */
function membership(text: string, depth: number): Form | undefined {
	const [name, set, more] = split(text, /∈/uy);
	if (name === undefined || set === undefined || more !== undefined || !isVariable(name)) return undefined;
	const form = formOf(set, depth);
	return form.kind === 'bracketed' ? { ...form, of: name } : form;
}

function inequality(text: string, depth: number): Form | undefined {
	const signs = [...text.matchAll(/[<>≤≥]/gu)].map(([sign]) => sign);
	const parts = split(text, /[<>≤≥]/uy);
	if (signs.length === 0 || signs.length > 2 || parts.length !== signs.length + 1) return undefined;
	const turned = signs.every((sign) => '>≥'.includes(sign));
	const [sides, relations] = turned ? [parts.toReversed(), signs.toReversed()] : [parts, signs];
	const relationOf = (sign: string | undefined): Relation => (sign === '<' || sign === '>' ? '<' : '≤');
	if (!turned && signs.some((sign) => '>≥'.includes(sign))) return undefined;
	const [low = '', middle = '', high = ''] = sides;
	const [first, second] = [relationOf(relations[0]), relationOf(relations[1])];
	const interval = (from: Form, below: Relation, name: string, above: Relation, to: Form): Form => ({
		kind: 'bracketed',
		open: below === '<' ? '(' : '[',
		close: above === '<' ? ')' : ']',
		items: [from, to],
		of: name.trim(),
	});
	if (sides.length === 3) {
		return isVariable(middle) ? interval(formOf(low, depth), first, middle, second, formOf(high, depth)) : undefined;
	}
	if (isVariable(low)) {
		const end = formOf(middle, depth);
		if (isConstant(end)) return interval(infinite('-'), '<', low, first, end);
	} else if (isVariable(middle)) {
		const end = formOf(low, depth);
		if (isConstant(end)) return interval(end, first, middle, '<', infinite(''));
	}
	const [left, right] = [parseExpression(low), parseExpression(middle)];
	return left && right && { kind: 'inequality', left, relation: first, right };
}

function equation(text: string, depth: number): Form | undefined {
	const parts = split(text, /=/uy);
	if (parts.length < 2 || parts.length > mostItems || parts.some((part) => part === '')) return undefined;
	const first = parts[0] ?? '';
	const last = parts.at(-1) ?? '';
	// "5 = x" says what x is.
	if (parts.length === 2 && isVariable(last) && !isVariable(first)) return equation(`${last}=${first}`, depth);
	const name = nameOf(first);
	const right = formOf(last, depth);
	// "x = ± 2" is x = 2 and x = -2.
	const left = formOf(first, depth);
	const equals = (value: Form): Form => ({ kind: 'equation', left, right: value, name });
	return right.kind === 'list' && !right.isSet ? { ...right, items: right.items.map(equals) } : equals(right);
}

/** What the left side names, where it is a name and no condition: "x", "f(x)", "m + n", "the area". */
function nameOf(left: string): string | undefined {
	const bare = left.replace(/_\s*(?:\w|\{[^{}]*\})/gu, (index) =>
		index.replace(/\d/gu, (digit) => numbers[Number(digit)] ?? digit),
	);
	return /\d|\^/u.test(bare) ? undefined : wordsOf(left);
}

function isVariable(text: string): boolean {
	return /^\s*(?:\\[a-z]+|[a-z])(?:_(?:\w|\{\w+\}))?\s*$/iu.test(text) && parseExpression(text)?.kind === 'variable';
}
