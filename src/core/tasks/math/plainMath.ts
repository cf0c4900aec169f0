/** Brings the many spellings of a mathematical answer (LaTeX, Unicode, plain text) into one. */

/** Longer answers are compared letter by letter only: what is read further has this bound, and every later step with it. */
export const longestAnswer = 1_000;

const greek =
	'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega';

/** Letters that NFKC would turn into others, and signs that have a LaTeX name. */
const signs: Readonly<Record<string, string>> = {
	'−': '-',
	'–': '-',
	'×': '*',
	'·': '*',
	'⋅': '*',
	'∗': '*',
	'÷': '/',
	'⁄': '/',
	'∞': '∞',
	'√': '\\sqrt ',
	ℝ: 'ℝ',
	'⟨': '⟨',
	'⟩': '⟩',
	º: '°',
	'⩽': '≤',
	'⩾': '≥',
	ϕ: '\\phi ',
	ϵ: '\\epsilon ',
	ς: '\\sigma ',
	...Object.fromEntries(
		greek.split(' ').map((name, at) => [String.fromCodePoint(0x3b1 + at + (at > 16 ? 1 : 0)), `\\${name} `]),
	),
};

/** What a LaTeX command stands for, where one sign says the same; commands of form alone stand for nothing. */
const commands: Readonly<Record<string, string>> = {
	...Object.fromEntries(
		['left', 'right', 'big', 'Big', 'bigg', 'Bigg', 'bigl', 'bigr', 'Bigl', 'Bigr', 'limits', 'displaystyle'].map(
			(name) => [name, ''],
		),
	),
	...Object.fromEntries(['quad', 'qquad', 'rm', 'bf', 'textstyle', 'mathstrut'].map((name) => [name, ' '])),
	dfrac: '\\frac ',
	tfrac: '\\frac ',
	cfrac: '\\frac ',
	dbinom: '\\binom ',
	tbinom: '\\binom ',
	cdot: '*',
	times: '*',
	ast: '*',
	div: '/',
	le: '≤',
	leq: '≤',
	leqslant: '≤',
	ge: '≥',
	geq: '≥',
	geqslant: '≥',
	lt: '<',
	gt: '>',
	ne: '≠',
	neq: '≠',
	cup: '∪',
	cap: '∩',
	in: '∈',
	emptyset: '∅',
	varnothing: '∅',
	infty: '∞',
	pm: '±',
	mp: '∓',
	circ: '°',
	degree: '°',
	langle: '⟨',
	rangle: '⟩',
	vert: '|',
	lvert: '|',
	rvert: '|',
	lfloor: '⌊',
	rfloor: '⌋',
	lceil: '⌈',
	rceil: '⌉',
	mid: '|',
	colon: ':',
	pounds: '£',
	euro: '€',
	lbrace: '⦃',
	rbrace: '⦄',
	varphi: '\\phi ',
	varepsilon: '\\epsilon ',
	vartheta: '\\theta ',
};

const words = /\\(?:text(?:bf|it|rm|normal)?|math(?:rm|bf|it|sf)|mbox|operatorname\*?)\s*\{([^{}]*)\}/gu;

/**
 * One spelling for the same signs: `≤`, `∪`, `∅`, `±`, `*`, `\frac`; braces of sets become `⦃ ⦄`, sized brackets plain
 * ones, words lose their `\text`, a currency its backslash. Takes time in proportion to the length of the text.
 */
export function plainMath(text: string): string {
	return trimmed(
		withoutDelimiters(text.trim())
			.replace(/[⁰¹²³⁴-⁹]+/gu, '^{$&}')
			.replace(/(?<=\d)(?=[¼-¾⅐-⅞])/gu, ' ')
			.replace(/[^\u0020-\u007e]/gu, (sign) => signs[sign] ?? sign.normalize('NFKC').replaceAll('⁄', '/'))
			.replace(/\\\{/gu, '⦃')
			.replace(/\\\}/gu, '⦄')
			.replace(/\\([$%])/gu, '$1')
			.replace(/(?<=\d)(?:\\[,;: ]|\{,\})(?=\d{3}(?!\d))/gu, '')
			.replace(/\\\\/gu, '⏎')
			.replace(/\\[,;:! ]|~/gu, ' ')
			.replace(words, ' $1 ')
			.replace(/\\mathbb\s*\{?\s*R\s*\}?/gu, 'ℝ')
			.replace(/\\([A-Za-z]+)/gu, (all, name: string) => commands[name] ?? all)
			// "\\frac12" is a half: of digits without braces only the first belongs to it.
			.replace(/\\(frac|binom)\s*(\d)/gu, '\\$1{$2}')
			.replace(/\\(frac|binom)\s*\{([^{}]*)\}\s*(\d)/gu, '\\$1{$2}{$3}')
			.replace(/\^\s*\{?\s*°\s*\}?/gu, '°')
			.replace(/<=|=</gu, '≤')
			.replace(/>=/gu, '≥')
			.replace(/\*\*/gu, '^')
			.replace(/\bper\s*cent\b/giu, '%'),
	);
}

/** Signs that say only "this is mathematics": dollars around the whole, \( … \), stars of Markdown. */
function withoutDelimiters(text: string): string {
	return text
		.replace(/^(?:\*\*|__)(.*)(?:\*\*|__)$/su, '$1')
		.replace(/^\$\$?([^$]*)\$\$?$/u, '$1')
		.replace(/(?<!\\)\$([^$]*)(?<!\\)\$/gu, ' $1 ')
		.replace(/\\[()[\]]/gu, ' ');
}

function trimmed(text: string): string {
	return text
		.replace(/\s+/gu, ' ')
		.trim()
		.replace(/(?<![.\s])[.,;:]$/u, '')
		.trim();
}
