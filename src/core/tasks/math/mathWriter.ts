/**
 * Writes mathematical text as the grammar of mathjs wants it: every product with its sign, every argument in brackets, every
 * number and name replaced by one of ours. What it refuses is no expression.
 */
import type { Expression } from './expression.js';
import { functions, mathTokens, type Token } from './mathTokens.js';

/** Signs and names in one expression, and brackets inside each other: nothing that follows can go deeper or take longer. */
const mostTokens = 400;
const deepest = 40;

export interface Written {
	readonly text: string;
	/** What each name in `text` stands for. */
	readonly names: ReadonlyMap<string, Expression>;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '|': '|', '⌊': '⌋', '⌈': '⌉' };
const wrapping: Readonly<Record<string, string>> = { '|': 'abs', '⌊': 'floor', '⌈': 'ceil' };
const inverse: Readonly<Record<string, string>> = {
	sin: 'asin',
	cos: 'acos',
	tan: 'atan',
	sec: 'asec',
	csc: 'acsc',
	cot: 'acot',
};

class Refused extends Error {}

export class MathWriter {
	private at = 0;
	private depth = 0;
	private readonly names = new Map<string, Expression>();

	private constructor(private readonly tokens: readonly Token[]) {}

	static write(text: string): Written | undefined {
		const tokens = mathTokens(text);
		if (!tokens || tokens.length === 0 || tokens.length > mostTokens) return undefined;
		const writer = new MathWriter(tokens);
		try {
			const written = writer.series(undefined);
			return { text: written, names: writer.names };
		} catch (error) {
			if (error instanceof Refused) return undefined;
			throw error;
		}
	}

	/** Up to the closing sign, which is taken; to the end where there is none. */
	private series(close: string | undefined): string {
		if (++this.depth > deepest) throw new Refused();
		let written = '';
		let complete = false;
		for (;;) {
			const next = this.tokens[this.at];
			if (next === undefined) {
				if (close !== undefined) throw new Refused();
				break;
			}
			if (next.text === close && next.kind === 'sign' && (close !== '|' || complete)) {
				this.at++;
				break;
			}
			if (next.kind === 'sign' && '+-*/!'.includes(next.text)) {
				this.at++;
				written += next.text;
				complete = next.text === '!';
				continue;
			}
			if (next.kind === 'command' && (next.text === 'over' || next.text === 'choose')) {
				this.at++;
				const below = this.series(close);
				this.depth--;
				return next.text === 'over' ? `((${written})/(${below}))` : `binom((${written}),(${below}))`;
			}
			written += (complete ? '*' : '') + this.factor();
			complete = true;
		}
		if (written === '') throw new Refused();
		this.depth--;
		return written;
	}

	/** One thing with its power, factorial aside. */
	private factor(): string {
		const base = this.isNext('function') ? this.call() : this.atom();
		return this.powered(base);
	}

	private powered(base: string): string {
		let written = base;
		if (this.isSign('°')) {
			this.at++;
			written = `(${written}*${this.name({ kind: 'constant', name: 'degree' })})`;
		}
		return this.isSign('^') ? `${written}^(${this.exponent()})` : written;
	}

	private exponent(): string {
		this.at++;
		if (this.isSign('-') || this.isSign('+')) {
			const sign = this.tokens[this.at++]?.text ?? '';
			return sign + this.powered(this.atom());
		}
		const base = this.isNext('function') ? this.call() : this.atom();
		// Powers of powers go from the right.
		return this.powered(base);
	}

	private atom(): string {
		const token = this.tokens[this.at++];
		if (!token) throw new Refused();
		switch (token.kind) {
			case 'number':
				return this.name({ kind: 'number', digits: token.text, repeating: token.repeating ?? '' });
			case 'variable':
				return this.name({ kind: 'variable', name: token.text });
			case 'constant':
				return this.name({ kind: 'constant', name: token.text });
			case 'command':
				return this.built(token.text);
			case 'sign':
				return this.bracketed(token.text);
			case 'function':
				throw new Refused();
		}
	}

	private bracketed(open: string): string {
		const close = closing[open];
		if (close === undefined) throw new Refused();
		return `${wrapping[open] ?? ''}(${this.series(close)})`;
	}

	/** \frac, \sqrt and \binom with what belongs to them. */
	private built(name: string): string {
		if (name === 'sqrt') {
			const degree = this.isSign('[') ? this.atom() : undefined;
			const of = this.atom();
			return degree === undefined ? `sqrt(${of})` : `root(${of},${degree})`;
		}
		if (name !== 'frac' && name !== 'binom') throw new Refused();
		const [above, below] = [this.atom(), this.atom()];
		return name === 'frac' ? `((${above})/(${below}))` : `binom(${above},${below})`;
	}

	/** A function with its power and its argument: brackets, or all factors up to the next sign or function. */
	private call(): string {
		const word = this.tokens[this.at++]?.text ?? '';
		const name = functions[word] ?? word;
		let base: string | undefined;
		let exponent: string | undefined;
		if (this.isSign('_')) {
			this.at++;
			base = this.atom();
		}
		if (this.isSign('^')) exponent = this.exponent();
		const isInverse = exponent !== undefined && name in inverse && this.isMinusOne(exponent);
		const of = this.functionArgument();
		const called = base === undefined ? `${isInverse ? inverse[name] : name}(${of})` : `log(${of},${base})`;
		return exponent === undefined || isInverse ? called : `(${called})^(${exponent})`;
	}

	private functionArgument(): string {
		const next = this.tokens[this.at];
		if (next?.kind === 'sign' && closing[next.text] !== undefined) return this.powered(this.atom());
		const factors = [this.powered(this.atom())];
		while (this.at < this.tokens.length && !this.isNext('function') && this.startsAtom()) {
			factors.push(this.powered(this.atom()));
		}
		return factors.join('*');
	}

	private startsAtom(): boolean {
		const next = this.tokens[this.at];
		if (!next) return false;
		if (next.kind === 'sign') return '([{'.includes(next.text);
		return next.kind !== 'command' || next.text === 'frac' || next.text === 'sqrt' || next.text === 'binom';
	}

	private isMinusOne(exponent: string): boolean {
		const [, name = ''] = /^\(?-(\w+)\)?$/u.exec(exponent) ?? [];
		const found = this.names.get(name);
		return found?.kind === 'number' && found.digits === '1';
	}

	private isNext(kind: Token['kind']): boolean {
		return this.tokens[this.at]?.kind === kind;
	}

	private isSign(text: string): boolean {
		const next = this.tokens[this.at];
		return next?.kind === 'sign' && next.text === text;
	}

	private name(meaning: Expression): string {
		const name = `v${this.names.size}`;
		this.names.set(name, meaning);
		return name;
	}
}
