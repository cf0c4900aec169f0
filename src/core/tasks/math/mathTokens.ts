/** Cuts plain mathematical text into numbers, names and signs. */

export interface Token {
	readonly kind: 'number' | 'variable' | 'constant' | 'function' | 'command' | 'sign';
	readonly text: string;
	/** Digits that go on for ever. */
	readonly repeating?: string;
}

/** Names of functions as they stand in a text, and as an expression has them. */
export const functions: Readonly<Record<string, string>> = {
	arcsin: 'asin',
	arccos: 'acos',
	arctan: 'atan',
	arcsec: 'asec',
	arccsc: 'acsc',
	arccot: 'acot',
	asin: 'asin',
	acos: 'acos',
	atan: 'atan',
	sinh: 'sinh',
	cosh: 'cosh',
	tanh: 'tanh',
	sin: 'sin',
	cos: 'cos',
	tan: 'tan',
	sec: 'sec',
	csc: 'csc',
	cot: 'cot',
	log: 'log',
	ln: 'ln',
	lg: 'lg',
	exp: 'exp',
	abs: 'abs',
	floor: 'floor',
	ceil: 'ceil',
};

const constants: Readonly<Record<string, string>> = { pi: 'pi', e: 'e', i: 'i' };
const greek =
	/^(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|upsilon|phi|chi|psi|omega)$/iu;
const structure = new Set(['frac', 'sqrt', 'binom', 'over', 'choose']);
const signs = new Set('+-*/^!()[]{}|⌊⌋⌈⌉°,_');

const number = /(?:(\d*\.\d*)\\overline\s*\{?(\d+)\}?|(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+(?![a-z\d.]))?)/iuy;
const command = /\\([A-Za-z]+)/uy;
const letters = /[A-Za-z]+/uy;
const subscript = /\s*_\s*(?:([A-Za-z\d])|\{\s*([A-Za-z\d,]+)\s*\})/uy;

/** A word of more letters than this is no product of variables. */
const longestProduct = 3;

/** Undefined where a sign or a word stands in it that means nothing in mathematics. */
export function mathTokens(text: string): readonly Token[] | undefined {
	const tokens: Token[] = [];
	let at = 0;
	const take = (pattern: RegExp): RegExpExecArray | undefined => {
		pattern.lastIndex = at;
		const match = pattern.exec(text) ?? undefined;
		if (match) at = pattern.lastIndex;
		return match;
	};
	const variable = (name: string): Token => {
		const index = take(subscript);
		return { kind: 'variable', text: index ? `${name}_${index[1] ?? index[2]}` : name };
	};
	while (at < text.length) {
		if (take(/\s+/uy)) continue;
		const digits = take(number);
		if (digits) {
			const [, before, repeating = '', plain = '', exponent = ''] = digits;
			tokens.push({ kind: 'number', text: before ?? plain + exponent, repeating });
			continue;
		}
		const name = take(command)?.[1];
		if (name !== undefined) {
			if (Object.hasOwn(functions, name)) tokens.push({ kind: 'function', text: name });
			else if (structure.has(name)) tokens.push({ kind: 'command', text: name });
			else if (Object.hasOwn(constants, name) && name === 'pi') tokens.push({ kind: 'constant', text: 'pi' });
			else if (greek.test(name)) tokens.push(variable(name));
			else return undefined;
			continue;
		}
		const run = take(letters)?.[0];
		if (run !== undefined) {
			at -= run.length;
			const words = wordsOf(run);
			if (!words) return undefined;
			for (const word of words) {
				at += word.text.length;
				tokens.push(word.kind === 'variable' ? variable(word.text) : word);
			}
			continue;
		}
		const sign = text[at] ?? '';
		if (!signs.has(sign)) return undefined;
		tokens.push({ kind: 'sign', text: sign });
		at++;
	}
	return tokens;
}

/** "xsin" is x and sin, "ab" two variables; "apples" nothing. */
function wordsOf(run: string): readonly Token[] | undefined {
	const words: Token[] = [];
	let rest = run;
	let plain = 0;
	while (rest !== '') {
		const named = [...Object.keys(functions), 'sqrt', 'pi'].find((name) => rest.startsWith(name));
		if (named === undefined) {
			const letter = rest.slice(0, 1);
			words.push({ kind: Object.hasOwn(constants, letter) ? 'constant' : 'variable', text: letter });
			rest = rest.slice(1);
			plain++;
			continue;
		}
		const kind = named === 'sqrt' ? 'command' : named === 'pi' ? 'constant' : 'function';
		words.push({ kind, text: named });
		rest = rest.slice(named.length);
	}
	return plain > longestProduct ? undefined : words;
}
