/**
 * How well the automatic steps of a consolidation plan tell duplicates from look-alikes, on labelled pairs that fitted no
 * threshold, and how long a plan takes.
 */
import { readFileSync } from 'node:fs';
import type { Case, Experience, Pattern, Zone } from '../src/core/experience/experience.js';
import { blankExperience } from '../src/core/experience/experience.js';
import { experienceId } from '../src/core/experience/ids.js';
import { planConsolidation } from '../src/core/learning/consolidation/makePlan.js';
import type { ConsolidationPlan, StepKind } from '../src/core/learning/consolidation/plan.js';
import { lessonText, similarityThresholds } from '../src/core/retrieval/nearDuplicates.js';
import { similarPairs } from '../src/core/retrieval/similarPairs.js';
import { growLibrary, newWord, readCorpus } from './support/corpus.js';
import { reporter } from './support/measure.js';

interface Side {
	readonly zone: Zone;
	readonly when: string;
	readonly strategy: string;
	readonly patterns?: readonly string[];
	readonly cases?: readonly { readonly question: string; readonly answer: string }[];
}

interface LabelledPair {
	readonly id: string;
	readonly duplicate: boolean;
	readonly kind: string;
	/** The automatic steps were made with `tune` in sight; what counts is `report`. */
	readonly half: 'tune' | 'report';
	readonly a: Side;
	readonly b: Side;
}

type Verdict = StepKind | 'apart';

const report = reporter(process.argv.slice(2));
const pairs: readonly LabelledPair[] = readFileSync('test/fixtures/duplicatePairs.jsonl', 'utf8')
	.split('\n')
	.filter((line) => line !== '')
	.map((line) => JSON.parse(line));

function measurePairs(half: LabelledPair['half']): void {
	const chosen = pairs.filter((pair) => pair.half === half);
	const library = chosen.flatMap((pair) => [experienceOf(pair, 'a'), experienceOf(pair, 'b')]);
	const plan = planConsolidation(library, { threshold: similarityThresholds.nearDuplicate });
	const verdicts = chosen.map((pair) => ({ pair, verdict: verdictOf(plan, pair) }));
	const duplicates = chosen.filter(({ duplicate }) => duplicate).length;
	const count = (wanted: readonly Verdict[], duplicate: boolean): number =>
		verdicts.filter(({ pair, verdict }) => pair.duplicate === duplicate && wanted.includes(verdict)).length;
	const kinds: readonly (readonly [string, readonly Verdict[]])[] = [
		['discard', ['discard']],
		['merge', ['merge']],
		['discard or merge', ['discard', 'merge']],
		['review', ['review']],
		['any step', ['discard', 'merge', 'review']],
	];
	for (const [name, wanted] of kinds) {
		const [right, wrong] = [count(wanted, true), count(wanted, false)];
		const found = right + wrong;
		// No pair of the file is the same word for word, so there is nothing to say of `discard`.
		if (found === 0) continue;
		const share = (100 * right) / found;
		report({ name: `${half}: ${name}, precision`, value: share, unit: `% (${right} of ${found})`, n: chosen.length });
		report({
			name: `${half}: ${name}, recall`,
			value: (100 * right) / duplicates,
			unit: `% (${right} of ${duplicates})`,
			n: duplicates,
		});
	}
	const across = plan.steps.filter((step) => new Set([step.keep, ...step.drop].map(pairOf)).size > 1).length;
	report({ name: `${half}: steps between different pairs`, value: across, unit: 'steps', n: plan.steps.length });
	if (process.argv.includes('--list')) {
		for (const { pair, verdict } of verdicts) console.log(`${pair.id} ${pair.kind}: ${verdict}`);
	}

	/** The pair that an experience is of. */
	function pairOf(id: string): string {
		return library.find((experience) => experience.id === id)?.title ?? '';
	}
}

/** What would become of pairs if likeness alone decided, as when a lesson is written. */
function measureLikeness(half: LabelledPair['half'], threshold: number): void {
	const chosen = pairs.filter((pair) => pair.half === half);
	const library = chosen.flatMap((pair) => [experienceOf(pair, 'a'), experienceOf(pair, 'b')]);
	const place = new Map(library.map(({ id }, at) => [id, at]));
	const alike = new Set(similarPairs(library.map(lessonText), threshold).map(({ a, b }) => `${a} ${b}`));
	const merged = chosen.filter((pair) => {
		const [a, b] = [place.get(experienceOf(pair, 'a').id), place.get(experienceOf(pair, 'b').id)];
		return pair.a.zone === pair.b.zone && alike.has(`${a} ${b}`);
	});
	const right = merged.filter(({ duplicate }) => duplicate).length;
	const name = `${half}: by likeness of ${threshold} alone, precision`;
	report({ name, value: (100 * right) / merged.length, unit: `% (${right} of ${merged.length})`, n: chosen.length });
}

function verdictOf(plan: ConsolidationPlan, pair: LabelledPair): Verdict {
	const ids = [experienceOf(pair, 'a').id, experienceOf(pair, 'b').id];
	const step = plan.steps.find(({ keep, drop }) => ids.every((id) => id === keep || drop.includes(id)));
	return step?.kind ?? 'apart';
}

function experienceOf(pair: LabelledPair, which: 'a' | 'b'): Experience {
	const { zone, when, strategy, patterns = [], cases = [] } = pair[which];
	const sources = [{ set: 'pairs', problem: `${pair.id}${which}` }];
	return blankExperience(experienceId('pairs', pair.id + which, zone, 0), {
		zone,
		title: pair.id,
		when: { text: when, sources },
		strategy: { text: strategy, sources },
		patterns: patterns.map((rule, at): Pattern => ({ id: `p${at}`, rule, examples: [], sources })),
		cases: cases.map((item, at): Case => ({ id: `c${at}`, ...item, outcome: 'correct', sources })),
		createdAt: '2026-01-01T00:00:00.000Z',
		updatedAt: '2026-01-01T00:00:00.000Z',
	});
}

/** Processor time, which other work on the machine changes little. */
function measureTime(name: string, library: readonly Experience[]): void {
	const start = process.cpuUsage();
	const { steps } = planConsolidation(library, { threshold: similarityThresholds.nearDuplicate });
	const { user, system } = process.cpuUsage(start);
	report({
		name: `plan, ${library.length} ${name}`,
		value: (user + system) / 1e6,
		unit: `s (${steps.length} steps)`,
		n: 1,
	});
}

/** Short lessons of a few forms: the hardest case, because all of them resemble many others. */
function shortLessons(count: number): readonly Experience[] {
	const topics = ['invoice', 'parcel', 'refund', 'badge', 'lease', 'laptop', 'visitor', 'payment', 'contract', 'key'];
	return Array.from({ length: count }, (_, at) => {
		const topic = topics[at % topics.length] ?? '';
		const [who, what] = [newWord(at % 97), newWord(100 + (at % 1009))];
		const sources = [{ set: 'short', problem: String(at) }];
		return blankExperience(experienceId('short', String(at), 'golden', 0), {
			title: `${who} ${topic}`,
			when: { text: `A ${who} writes about a ${what} ${topic}`, sources },
			strategy: {
				text: `Send the message to team ${newWord(3000 + (at % 13))} and note the ${topic} number.`,
				sources,
			},
			createdAt: '2026-01-01T00:00:00.000Z',
			updatedAt: '2026-01-01T00:00:00.000Z',
		});
	});
}

for (const half of ['tune', 'report'] as const) {
	measurePairs(half);
	measureLikeness(half, similarityThresholds.nearDuplicate);
}
const corpus = readCorpus();
for (const size of [1000, 2500, 10_000]) {
	measureTime(`experiences from ${corpus.source}`, growLibrary(corpus, size));
	measureTime('short lessons', shortLessons(size));
}
