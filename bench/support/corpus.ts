/** Libraries of any size to measure with: grown from published ones where they are, else from made-up words. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blankExperience, type Experience } from '../../src/core/experience/experience.js';
import { experienceId, partId } from '../../src/core/experience/ids.js';
import { seededRandom } from '../../src/core/random.js';

/** Texts that experiences are put together from. */
export interface Corpus {
	/** Where the texts are from, for the report. */
	readonly source: string;
	readonly methods: readonly string[];
	readonly rules: readonly { readonly rule: string; readonly examples: readonly string[] }[];
	/** Problems that ask for experience. */
	readonly questions: readonly string[];
}

/** The published libraries and their problems from `FLEX_DATASETS`, else made-up text. */
export function readCorpus(): Corpus {
	const datasets = process.env.FLEX_DATASETS ?? '';
	const folder = join(datasets, 'flex-libraries');
	return datasets !== '' && existsSync(folder) ? publishedCorpus(datasets, folder) : madeUpCorpus();
}

/**
 * `count` experiences of the published size: sentences of three methods, and four to eight rules from anywhere. One word
 * in twelve is replaced by one of a growing vocabulary, as a real library would bring new words with every problem.
 */
export function growLibrary(corpus: Corpus, count: number): readonly Experience[] {
	const random = seededRandom('library');
	const sentences = corpus.methods.map((method) => method.split(/(?<=[.:;])\s+/));
	const reworded = (text: string, at: number): string =>
		text.replace(/[a-z]{5,}/g, (word) => (random() < 1 / 12 ? newWord(Math.floor(random() * (2000 + at * 5))) : word));
	return Array.from({ length: count }, (_, at) => {
		const method = Array.from({ length: 3 }, () => {
			const chosen = pick(sentences, random);
			const start = Math.floor(random() * chosen.length);
			return chosen.slice(start, start + 8).join(' ');
		});
		const rules = Array.from({ length: 4 + Math.floor(random() * 5) }, () => pick(corpus.rules, random));
		return grownExperience(
			at,
			reworded(method.join(' '), at),
			rules.map(({ rule, examples }) => ({
				rule: reworded(rule, at),
				examples: examples.map((text) => reworded(text, at)),
			})),
			reworded(pick(corpus.questions, random), at),
		);
	});
}

function grownExperience(at: number, method: string, rules: Corpus['rules'], question: string): Experience {
	const id = experienceId('grown', String(at), 'golden', 0);
	const sources = [{ set: 'grown', problem: String(at) }];
	return blankExperience(id, {
		title: method.slice(0, 80),
		when: { text: method.slice(0, 160), sources },
		strategy: { text: method, sources },
		patterns: rules.map(({ rule, examples }) => ({ id: partId(id, 'pattern', rule), rule, examples, sources })),
		cases: [{ id: partId(id, 'case', question), question, answer: String(at), outcome: 'correct', sources }],
		domains: ['grown'],
		origin: { set: 'grown', run: 'grown', model: 'none' },
		createdAt: '2026-01-01T00:00:00.000Z',
		updatedAt: '2026-01-01T00:00:00.000Z',
	});
}

function publishedCorpus(datasets: string, folder: string): Corpus {
	const entries = readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.flatMap((name) => entriesOf(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
	const questions = ['flex-aime/train.jsonl', 'flex-aime/test.jsonl']
		.map((name) => join(datasets, name))
		.filter((path) => existsSync(path))
		.flatMap((path) => readFileSync(path, 'utf8').split('\n'))
		.filter((line) => line !== '')
		.map((line) => String(JSON.parse(line).question));
	return {
		source: 'published libraries',
		methods: entries.map(({ method }) => (typeof method === 'string' ? method : JSON.stringify(method))),
		rules: entries.flatMap(({ rules }) => rules),
		questions:
			questions.length > 0 ? questions : entries.flatMap(({ rules }) => rules.flatMap(({ examples }) => examples)),
	};
}

interface PublishedEntry {
	readonly method: unknown;
	readonly rules: Corpus['rules'];
}

function entriesOf(file: {
	readonly library: Readonly<Record<string, readonly PublishedEntry[]>>;
}): readonly PublishedEntry[] {
	return Object.values(file.library).flat();
}

/** Sentences of invented words, as frequent as words of a language are (Zipf's law). */
function madeUpCorpus(): Corpus {
	const random = seededRandom('corpus');
	const sentence = (length: number): string => {
		const words = Array.from({ length }, () => newWord(Math.floor(6000 ** random())));
		return `${words.join(' ')}.`;
	};
	const text = (sentences: number): string => Array.from({ length: sentences }, () => sentence(14)).join(' ');
	return {
		source: 'made-up words',
		methods: Array.from({ length: 80 }, () => text(20)),
		rules: Array.from({ length: 500 }, () => ({ rule: sentence(25), examples: [text(2), text(2)] })),
		questions: Array.from({ length: 80 }, () => text(5)),
	};
}

/** A word that looks like one; the same for the same number. */
export function newWord(number: number): string {
	const syllables = [
		'ka',
		'lo',
		'mi',
		'ren',
		'tu',
		'sol',
		'ba',
		'ne',
		'vor',
		'di',
		'pa',
		'gus',
		'eth',
		'om',
		'ri',
		'zel',
	];
	let rest = number + 16;
	let word = '';
	for (; rest > 0; rest = Math.floor(rest / 16)) word += syllables[rest % 16];
	return word;
}

function pick<T>(items: readonly T[], random: () => number): T {
	const item = items[Math.floor(random() * items.length)];
	if (item === undefined) throw new Error('The corpus is empty; check the folder in FLEX_DATASETS.');
	return item;
}
