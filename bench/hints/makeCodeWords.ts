/**
 * Counts how ordinary a word is in code, and writes `src/core/hints/codeWords.ts`: `node scripts/ts.mjs
 * bench/hints/makeCodeWords.ts`. What is kept are numbers of windows that hold a word, of words that several
 * repositories share.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTokens } from '../../src/core/hints/codeTokens.js';
import {
	drawn,
	gitFolder,
	isOrdinary,
	languageOf,
	listFiles,
	type PinnedRepository,
	readBlob,
} from './repositories.js';

/** npm runs scripts in the project's folder. */
const root = process.cwd();

/** Lines of a window: about a function. */
const windowLines = 30;
const filesOfEach = 150;
/** A word of one or two repositories is theirs, not the language's. */
const fewestRepositories = 3;
const fewestOfLanguage = 2;
/** Rarer than 1 in 2^9 windows is as good as unknown. */
const mostBits = 9;

interface Count {
	windows: number;
	readonly repositories: Set<string>;
}

const counts = new Map<string, Map<string, Count>>();
const windowsOf = new Map<string, number>();
let [windows, terms] = [0, 0];

const { repositories }: { readonly repositories: readonly PinnedRepository[] } = JSON.parse(
	readFileSync(join(root, 'bench/hints/background.json'), 'utf8'),
);
for (const repository of repositories) {
	const folder = gitFolder(repository);
	if (folder === undefined) throw new Error(`${repository.name} can't be had; check the network or FLEX_REPOS.`);
	const paths = drawn(listFiles(folder, repository.commit).filter(isOrdinary)).slice(0, filesOfEach);
	for (const path of paths) {
		count(repository.name, family(languageOf(path) ?? ''), readBlob(folder, repository.commit, path).toString('utf8'));
	}
}
write();

function count(repository: string, language: string, text: string): void {
	const lines = text.split('\n');
	for (let first = 0; first < lines.length; first += windowLines) {
		const held = termsOf(lines.slice(first, first + windowLines));
		windows++;
		terms += held.size;
		windowsOf.set(language, (windowsOf.get(language) ?? 0) + 1);
		for (const term of held) {
			const ofTerm = counts.get(term) ?? new Map<string, Count>();
			counts.set(term, ofTerm);
			const one = ofTerm.get(language) ?? { windows: 0, repositories: new Set<string>() };
			ofTerm.set(language, one);
			one.windows++;
			one.repositories.add(repository);
		}
	}
}

/** Words as they are, names with `=` before them. */
function termsOf(lines: readonly string[]): ReadonlySet<string> {
	const held = new Set<string>();
	for (const line of lines) {
		readTokens(line, {
			token: ({ name, key, words }) => {
				if (name.length >= 3) held.add(key);
				for (const word of words) held.add(word);
			},
			compound: (key) => held.add(key),
		});
	}
	return held;
}

function write(): void {
	const byBits = new Map<number, string[]>();
	for (const [term, ofTerm] of counts) {
		const shared = new Set([...ofTerm.values()].flatMap((one) => [...one.repositories])).size;
		const local = Math.max(...[...ofTerm.values()].map((one) => one.repositories.size));
		if (shared < fewestRepositories && local < fewestOfLanguage) continue;
		// The language that it is commonest in decides: `unwrap` is rare, but not in Rust.
		const share = Math.max(
			...[...ofTerm].map(([language, one]) => one.windows / ((windowsOf.get(language) ?? 0) + 100)),
		);
		const bits = Math.max(0, Math.round(-Math.log2(share)));
		if (bits <= mostBits && !term.includes(' ')) byBits.set(bits, [...(byBits.get(bits) ?? []), term]);
	}
	const rows = [...byBits].sort(([a], [b]) => a - b).map(([bits, list]) => `\t${bits}: '${list.sort().join(' ')}',`);
	const text = [
		'/**',
		' * How ordinary words and names are in code, measured in public repositories (`bench/hints/background.json`) by',
		' * `bench/hints/makeCodeWords.ts`, which writes this file. A word of row b stands in one of 2^b windows of 30 lines; of',
		' * the languages, the one that it is commonest in counts. Names have a `=` before them.',
		' */',
		'',
		'/** Distinct words and names that such a window holds on average. */',
		`export const termsOfWindow = ${Math.round(terms / windows)};`,
		'',
		'export const codeWords: Readonly<Record<number, string>> = {',
		...rows,
		'};',
		'',
	].join('\n');
	writeFileSync(join(root, 'src/core/hints/codeWords.ts'), text);
	console.log(`${windows} windows, ${[...byBits.values()].flat().length} words, ${Math.round(text.length / 1024)} kB`);
}

/** What React adds to a language does not make it another one. */
function family(language: string): string {
	return language.replace(/react$/u, '').replace('javascript', 'typescript');
}
