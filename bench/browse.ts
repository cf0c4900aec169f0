/**
 * How fast the library's list answers a keystroke, at 1,000 and 10,000 experiences, beside MiniSearch over the same
 * texts with prefixes and all words required. MiniSearch ranks alone: it counts no facets, makes no rows, marks no
 * words, and finds nothing inside of words; ours does all of that in its time.
 */
import MiniSearch from 'minisearch';
import type { BrowseQuery, KnownUtility } from '../src/core/experience/browse.js';
import { type Experience, zones } from '../src/core/experience/experience.js';
import type { UseCount } from '../src/core/experience/store.js';
import { seededRandom, shuffled } from '../src/core/random.js';
import { Catalogue } from '../src/core/retrieval/catalogue.js';
import { partTexts } from '../src/core/retrieval/catalogueRows.js';
import { StagedRetriever } from '../src/core/retrieval/retriever.js';
import { growLibrary, readCorpus } from './support/corpus.js';
import { quantile, reporter, timed } from './support/measure.js';

/** Queries that are typed letter by letter, each of two or three words of one experience. */
const typedQueries = 40;
const page = 50;
const nearbyLimits = { experiences: 50, patterns: 0, cases: 0, minMatch: 0.05 };

const report = reporter(process.argv.slice(2));

function measure(library: readonly Experience[]): void {
	const size = library.length;
	const catalogue = new Catalogue();
	const built = timed(() => {
		for (const experience of library) catalogue.put(experience);
		ask(catalogue, 'warm');
	});
	const peer = new MiniSearch<Texts>({
		fields: ['title', 'domain', 'when', 'strategy', 'pattern', 'case'],
		searchOptions: {
			prefix: true,
			combineWith: 'AND',
			boost: { title: 8, domain: 5, when: 4, strategy: 3, pattern: 2, case: 1 },
		},
	});
	const peerBuilt = timed(() => {
		peer.addAll(library.map(textsOf));
		peer.search('warm');
	});

	const own: number[] = [];
	const theirs: number[] = [];
	for (const query of queriesFor(library)) {
		for (let length = 1; length <= query.length; length++) {
			const typed = query.slice(0, length);
			const ours = timed(() => ask(catalogue, typed));
			const peers = timed(() => peer.search(typed));
			own.push(ours.ms);
			theirs.push(peers.ms);
		}
	}
	for (const p of [0.5, 0.99]) {
		const [ours, peers] = [quantile(own, p), quantile(theirs, p)];
		const name = `keystroke, ${size} experiences, p${p * 100}`;
		report({ name, value: ours, unit: 'ms', peer: peers, ratio: peers / ours, n: own.length });
	}
	report({
		name: `build, ${size} experiences`,
		value: built.ms,
		unit: 'ms',
		peer: peerBuilt.ms,
		ratio: peerBuilt.ms / built.ms,
		n: 1,
	});
	measureOthers(library, catalogue);
}

/** What MiniSearch has no counterpart of. */
function measureOthers(library: readonly Experience[], catalogue: Catalogue): void {
	const retriever = new StagedRetriever();
	for (const experience of library) retriever.put(experience);
	// The first search sorts the index.
	retriever.search({ text: library[0]?.title ?? '', limits: nearbyLimits });
	const nearby = (text: string): readonly string[] =>
		retriever.search({ text, limits: nearbyLimits }).hits.map(({ experience }) => experience.id);
	const without: readonly number[] = queriesFor(library).map(
		(query) => timed(() => ask(catalogue, `${query} nowhere`, { nearby })).ms,
	);
	const noWords = Array.from({ length: 40 }, () => timed(() => ask(catalogue, '')).ms);
	const changed = library.slice(0, 40).map((experience, at) => {
		catalogue.put({ ...experience, title: `${experience.title} changed`, when: { ...experience.when } });
		return timed(() => ask(catalogue, `chan${at}`)).ms;
	});
	const kinds = [
		['nearby', without],
		['no words', noWords],
		['after a change', changed],
	] as const;
	for (const [name, times] of kinds) {
		for (const p of [0.5, 0.99]) {
			const value = quantile(times, p);
			report({ name: `${name}, ${library.length} experiences, p${p * 100}`, value, unit: 'ms', n: times.length });
		}
	}
}

interface Texts {
	readonly id: string;
	readonly title: string;
	readonly domain: string;
	readonly when: string;
	readonly strategy: string;
	readonly pattern: string;
	readonly case: string;
}

function textsOf(experience: Experience): Texts {
	const [title = '', domain = '', when = '', strategy = '', pattern = '', ofCase = ''] = partTexts(experience).map(
		(texts) => texts.join('\n'),
	);
	return { id: experience.id, title, domain, when, strategy, pattern, case: ofCase };
}

function ask(
	catalogue: Catalogue,
	text: string,
	around: { readonly nearby?: (text: string) => readonly string[] } = {},
): void {
	const query: BrowseQuery = { text, facets: {}, sort: 'relevance', offset: 0, limit: page, utility };
	catalogue.browse(query, { uses, ...around });
}

const utility = new Map<string, KnownUtility>();
const uses = new Map<string, UseCount>();

/** Gives experiences something to be narrowed by: 40 domains, 25 runs, marks, and evidence for a half of them. */
function sorted(library: readonly Experience[]): readonly Experience[] {
	for (const [at, { id }] of library.entries()) {
		if (at % 2 === 0) utility.set(id, { effect: (at % 7) / 7, verdict: at % 3 === 0 ? 'helps' : 'no evidence' });
		if (at % 3 === 0) uses.set(id, { used: at % 50, solved: at % 20, helpful: 0, unhelpful: 0 });
	}
	return library.map((experience, at) => ({
		...experience,
		zone: zones[at % zones.length] ?? 'golden',
		starred: at % 11 === 0,
		reviewed: at % 2 === 0,
		domains: [`domain ${at % 40}`, `domain ${at % 17}`],
		origin: { set: `set ${at % 9}`, run: `run ${at % 25}`, model: `model ${at % 4}` },
	}));
}

function queriesFor(library: readonly Experience[]): readonly string[] {
	const random = seededRandom('typed');
	return shuffled(library, random)
		.slice(0, typedQueries)
		.map(({ strategy, patterns }, at) => {
			const words = `${strategy.text} ${patterns.map(({ rule }) => rule).join(' ')}`.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
			return shuffled(words, random)
				.slice(0, 2 + (at % 2))
				.join(' ');
		});
}

const corpus = readCorpus();
for (const size of [1000, 10_000]) measure(sorted(growLibrary(corpus, size)));
