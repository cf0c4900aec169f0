/** Reads an expression in LaTeX or plain text: sums, products with and without a sign, powers, roots, functions. */
import type { Expression } from './expression.js';
import { functions, mathTokens, type Token } from './mathTokens.js';

/** Signs and names in one expression, and brackets inside each other: nothing that follows can go deeper or take longer. */
const mostTokens = 400;
const deepest = 40;

/** @param text plain (`plainMath`). Undefined where it is no expression, or one beyond the bounds. */
export function parseExpression(text: string): Expression | undefined {
	const tokens = mathTokens(text);
	if (!tokens || tokens.length === 0 || tokens.length > mostTokens) return undefined;
	try {
		return new Parser(tokens).whole();
	} catch (error) {
		if (error instanceof Refused) return undefined;
		throw error;
	}
}

class Refused extends Error {}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '|': '|', '⌊': '⌋', '⌈': '⌉' };
const wrapping: Readonly<Record<string, string>> = { '|': 'abs', '⌊': 'floor', '⌈': 'ceil' };
const named = new Set(['frac', 'sqrt', 'binom']);
/** What the power −1 makes of a function. */
const inverse: Readonly<Record<string, string>> = {
	sin: 'asin',
	cos: 'acos',
	tan: 'atan',
	sec: 'asec',
	csc: 'acsc',
	cot: 'acot',
};

function call(name: string, ...of: readonly Expression[]): Expression {
	return { kind: 'call', name, of };
}

const ten: Expression = { kind: 'number', digits: '10', repeating: '' };
const degree: Expression = { kind: 'constant', name: 'degree' };

class Parser {
	private at = 0;
	private depth = 0;
	/** How many bars are open: in one, a bar behind a factor closes. */
	private bars = 0;

	constructor(private readonly tokens: readonly Token[]) {}

	whole(): Expression {
		const all = this.sum();
		if (this.at < this.tokens.length) throw new Refused();
		return all;
	}

	/** Also "a \over b" and "n \choose k", which take all that stands on both sides. */
	private sum(): Expression {
		if (++this.depth > deepest) throw new Refused();
		let sum = this.product();
		for (;;) {
			if (this.takes('+')) sum = call('add', sum, this.product());
			else if (this.takes('-')) sum = call('subtract', sum, this.product());
			else break;
		}
		if (this.takes('over', 'command')) sum = call('divide', sum, this.sum());
		else if (this.takes('choose', 'command')) sum = call('binom', sum, this.sum());
		this.depth--;
		return sum;
	}

	private product(): Expression {
		let product = this.signed();
		for (;;) {
			if (this.takes('*')) product = call('multiply', product, this.signed());
			else if (this.takes('/')) product = call('divide', product, this.signed());
			else if (this.startsAtom() || this.isNext('function')) product = call('multiply', product, this.factor());
			else return product;
		}
	}

	/** Signs stand for the whole power: −2² is −4. */
	private signed(): Expression {
		let isNegative = false;
		for (;;) {
			if (this.takes('-')) isNegative = !isNegative;
			else if (!this.takes('+')) break;
		}
		const factor = this.factor();
		return isNegative ? call('unaryMinus', factor) : factor;
	}

	private factor(): Expression {
		return this.withPowers(this.isNext('function') ? this.called() : this.atom());
	}

	/** What stands behind a thing and belongs to it alone. */
	private withPowers(base: Expression): Expression {
		let all = base;
		for (;;) {
			if (this.takes('°')) all = call('multiply', all, degree);
			else if (this.takes('!')) all = call('factorial', all);
			// Powers of powers go from the right, which `signed` sees to.
			else if (this.takes('^')) all = call('pow', all, this.signed());
			else return all;
		}
	}

	private atom(): Expression {
		const token = this.tokens[this.at++];
		switch (token?.kind) {
			case 'number':
				return { kind: 'number', digits: token.text, repeating: token.repeating ?? '' };
			case 'variable':
			case 'constant':
				return { kind: token.kind, name: token.text };
			case 'command':
				return this.built(token.text);
			case 'sign':
				return this.bracketed(token.text);
			default:
				throw new Refused();
		}
	}

	private bracketed(open: string): Expression {
		const close = closing[open];
		if (close === undefined) throw new Refused();
		if (open === '|') this.bars++;
		const inside = this.sum();
		if (open === '|') this.bars--;
		if (!this.takes(close)) throw new Refused();
		const name = wrapping[open];
		return name === undefined ? inside : call(name, inside);
	}

	/** \frac, \sqrt and \binom with what belongs to them. */
	private built(name: string): Expression {
		if (name === 'sqrt') {
			const of = this.takes('[') ? this.bracketed('[') : undefined;
			return of === undefined ? call('sqrt', this.atom()) : call('root', this.atom(), of);
		}
		if (!named.has(name)) throw new Refused();
		const above = this.atom();
		return call(name === 'frac' ? 'divide' : 'binom', above, this.atom());
	}

	/** A function with its power or base, and its argument. */
	private called(): Expression {
		const word = this.tokens[this.at++]?.text ?? '';
		const name = functions[word] ?? word;
		const base = this.takes('_') ? this.atom() : undefined;
		const exponent = this.takes('^') ? this.signed() : undefined;
		const inverted = exponent && isMinusOne(exponent) ? inverse[name] : undefined;
		const of = this.argument();
		const value = name === 'log' ? call('log', of, base ?? ten) : call(inverted ?? name, of);
		return exponent && inverted === undefined ? call('pow', value, exponent) : value;
	}

	/** What is in brackets, or all factors up to the next sign or function: sin 2x cos x is sin(2x) · cos(x). */
	private argument(): Expression {
		const next = this.tokens[this.at];
		const isBracketed = next?.kind === 'sign' && closing[next.text] !== undefined;
		let all = this.withPowers(this.atom());
		while (!isBracketed && this.startsAtom()) all = call('multiply', all, this.withPowers(this.atom()));
		return all;
	}

	private startsAtom(): boolean {
		const next = this.tokens[this.at];
		if (!next || next.kind === 'function') return false;
		if (next.kind === 'command') return named.has(next.text);
		if (next.kind !== 'sign') return true;
		return next.text === '|' ? this.bars === 0 : closing[next.text] !== undefined;
	}

	private isNext(kind: Token['kind']): boolean {
		return this.tokens[this.at]?.kind === kind;
	}

	private takes(text: string, kind: Token['kind'] = 'sign'): boolean {
		const next = this.tokens[this.at];
		const found = next?.kind === kind && next.text === text;
		if (found) this.at++;
		return found;
	}
}

function isMinusOne(expression: Expression): boolean {
	const [one] = expression.kind === 'call' && expression.name === 'unaryMinus' ? expression.of : [];
	return one?.kind === 'number' && one.digits === '1';
}
