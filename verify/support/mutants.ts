/** Makes wrong programs of right ones: one small change each, chosen by a seed. */
import { seededRandom, shuffled } from '../../src/core/random.js';

interface Change {
	readonly find: RegExp;
	readonly put: (found: string) => readonly string[];
}

/** Mistakes that people and models make; text and comments are left alone. */
const changes: readonly Change[] = [
	{ find: /(?<![<>=!])(?:<=|>=|<(?![<=])|>(?![>=]))(?!>)/gu, put: (sign) => comparisons[sign] ?? [] },
	{ find: /[=!]==?(?!=)/gu, put: (sign) => [sign.startsWith('!') ? sign.replace('!', '=') : `!${sign.slice(1)}`] },
	{ find: /(?<![+\w]\s?)(?<=[\w)\]]\s?)\+(?![+=])/gu, put: () => ['-'] },
	{ find: /(?<=[\w)\]]\s?)-(?![-=>])/gu, put: () => ['+'] },
	{ find: /(?<=[\w)\]]\s?)\*(?![*=])/gu, put: () => ['+'] },
	{ find: /(?<=[\w)\]]\s)\/(?=\s)/gu, put: () => ['*'] },
	{ find: /(?<=[\w)\]]\s?)%(?!=)/gu, put: () => ['*'] },
	{ find: /\+\+/gu, put: () => ['--'] },
	{ find: /\+=/gu, put: () => ['-='] },
	{
		find: /(?<![\w.$])\d+(?![\w.])/gu,
		put: (digits) => [String(Number(digits) + 1), String(Math.max(0, Number(digits) - 1))],
	},
	{ find: /&&/gu, put: () => ['||'] },
	{ find: /\|\|/gu, put: () => ['&&'] },
	{ find: /\btrue\b/gu, put: () => ['false'] },
	{ find: /\bfalse\b/gu, put: () => ['true'] },
	{ find: /!(?=[\w(])/gu, put: () => [''] },
	{ find: /\breturn\s+(?=[^;\s])/gu, put: () => ['return undefined && ', 'return !'] },
	{ find: /\bMath\.(?:min|max|floor|ceil)\b/gu, put: (name) => [swapped[name] ?? name] },
];

const comparisons: Readonly<Record<string, readonly string[]>> = {
	'<': ['<=', '>'],
	'<=': ['<', '>='],
	'>': ['>=', '<'],
	'>=': ['>', '<='],
};

const swapped: Readonly<Record<string, string>> = {
	'Math.min': 'Math.max',
	'Math.max': 'Math.min',
	'Math.floor': 'Math.ceil',
	'Math.ceil': 'Math.floor',
};

/** At most `most` programs, each with one change; the same for the same seed. */
export function mutantsOf(program: string, seed: string, most: number): readonly string[] {
	const bare = withoutText(program);
	const all = changes.flatMap(({ find, put }) =>
		[...bare.matchAll(find)].flatMap((match) =>
			put(match[0]).map((text) => program.slice(0, match.index) + text + program.slice(match.index + match[0].length)),
		),
	);
	return shuffled([...new Set(all)], seededRandom(seed)).slice(0, most);
}

/** The same places, with blanks for what stands in quotes and comments. */
function withoutText(program: string): string {
	const quoted = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gu;
	return program.replace(quoted, (text) => ' '.repeat(text.length));
}
