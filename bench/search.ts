/** How fast a search is, at 1,000 and 10,000 experiences, beside SQLite's own full-text search over the same texts. */
import Database from 'better-sqlite3';
import type { Experience } from '../src/core/experience/experience.js';
import { seededRandom, shuffled } from '../src/core/random.js';
import { indexedSections } from '../src/core/retrieval/experienceText.js';
import { LexicalIndex } from '../src/core/retrieval/lexicalIndex.js';
import { StagedRetriever } from '../src/core/retrieval/retriever.js';
import { TermTable } from '../src/core/retrieval/tokenize.js';
import { type Corpus, growLibrary, readCorpus } from './support/corpus.js';
import { quantile, reporter, timed } from './support/measure.js';

const hitsAsked = 10;
const rounds = 2;
const queriesOfAKind = 60;
const limits = { experiences: 3, patterns: 4, cases: 4, minMatch: 0.05 };

const report = reporter(process.argv.slice(2));

function measure(library: readonly Experience[], { questions }: Corpus): void {
	const size = library.length;
	const texts = library.map((experience) => ({ id: experience.id, text: indexedSections(experience).join('\n') }));
	const queries = queriesFor(library, questions);
	const index = new LexicalIndex();
	const built = timed(() => {
		for (const { id, text } of texts) index.put(id, [text]);
		index.search(index.query('compacts'), 1);
	});
	const peer = new Fts5();
	const peerBuilt = timed(() => peer.fill(texts));
	const retriever = new StagedRetriever();
	for (const experience of library) retriever.put(experience);
	retriever.search({ text: 'compacts', limits });

	const own: number[] = [];
	const staged: number[] = [];
	const fts5: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (const query of queries) {
			const ours = timed(() => index.search(index.query(query), hitsAsked));
			const match = orQuery(query);
			const theirs = timed(() => peer.search(match));
			const both = timed(() => retriever.search({ text: query, limits }));
			if (round === 0) assertSame(match, ours.result, theirs.result, peer);
			own.push(ours.ms);
			staged.push(both.ms);
			fts5.push(theirs.ms);
		}
	}
	for (const p of [0.5, 0.99]) {
		const theirs = quantile(fts5, p);
		const name = (what: string): string => `${what}, ${size} experiences, p${p * 100}`;
		for (const [what, times] of [['search', own] as const, ['staged search', staged] as const]) {
			const ours = quantile(times, p);
			report({ name: name(what), value: ours, unit: 'ms', peer: theirs, ratio: theirs / ours, n: times.length });
		}
	}
	report({
		name: `build, ${size} experiences`,
		value: built.ms,
		unit: 'ms',
		peer: peerBuilt.ms,
		ratio: peerBuilt.ms / built.ms,
		n: 1,
	});
	const bytes = timed(() => retriever.save('bench'));
	const loaded = timed(() => StagedRetriever.load(bytes.result, 'bench', library));
	if (!loaded.result) throw new Error('The index could not be loaded again.');
	report({ name: `index file, ${size} experiences`, value: bytes.result.length / 2 ** 20, unit: 'MB', n: 1 });
	report({ name: `load the index file, ${size} experiences`, value: loaded.ms, unit: 'ms', n: 1 });
	peer.close();
}

/** Problems of the corpus, and as many texts made from words of one experience. */
function queriesFor(library: readonly Experience[], questions: readonly string[]): readonly string[] {
	const random = seededRandom('queries');
	const known = shuffled(library, random)
		.slice(0, queriesOfAKind)
		.map(({ strategy }) => shuffled(strategy.text.split(/\s+/), random).slice(0, 16).join(' '));
	return [...questions.slice(0, queriesOfAKind), ...known];
}

interface Hit {
	readonly id: string;
	readonly score: number;
}

/** SQLite's FTS5, tuned as one would: in memory, prepared, optimised, sorted by `rank`. */
class Fts5 {
	private readonly database = new Database(':memory:');
	private readonly statement: Database.Statement<[string, number], Hit>;

	constructor() {
		this.database.exec(
			`CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, text, tokenize = "unicode61 remove_diacritics 2")`,
		);
		this.statement = this.database.prepare(
			'SELECT id, -rank AS score FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?',
		);
	}

	fill(texts: readonly { readonly id: string; readonly text: string }[]): void {
		const insert = this.database.prepare('INSERT INTO texts (id, text) VALUES (?, ?)');
		this.database.transaction(() => {
			for (const { id, text } of texts) insert.run(id, text);
		})();
		this.database.exec(`INSERT INTO texts (texts) VALUES ('optimize')`);
	}

	/** @param match in FTS5's query language */
	search(match: string, limit = hitsAsked): readonly Hit[] {
		return this.statement.all(match, limit);
	}

	close(): void {
		this.database.close();
	}
}

/** A query as FTS5 writes it: any of its words, each once. */
function orQuery(text: string): string {
	const words = new TermTable();
	words.read(text, true);
	return Array.from({ length: words.size }, (_, term) => `"${words.text(term)}"`).join(' OR ');
}

/** Fails unless both found the same; documents with equal scores may change places. */
function assertSame(match: string, ours: readonly Hit[], theirs: readonly Hit[], peer: Fts5): void {
	const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-4 * Math.max(1, Math.abs(b));
	const further = new Map(peer.search(match, hitsAsked * 4).map(({ id, score }) => [id, score]));
	const same =
		ours.length === theirs.length &&
		ours.every(({ id, score }, at) => near(score, theirs[at]?.score ?? 0) && near(score, further.get(id) ?? 0));
	if (!same) throw new Error(`Other results than FTS5's for ${match}`);
}

const corpus = readCorpus();
for (const size of [1000, 10_000]) measure(growLibrary(corpus, size), corpus);
