/** The report of a benchmark: what was measured, what can be claimed, and in which words. */
import type { Experience } from '../experience/experience.js';
import type { SampleRecord } from '../learning/runLog.js';
import { mean } from '../mean.js';
import type { MoleculeDrawing } from '../tasks/moleculeDrawing.js';
import type { Sampling } from './benchmark.js';
import type { Lint } from './contamination.js';
import { roomInWords } from './gainRoom.js';
import { type ProblemOutcome, tallyOutcomes } from './outcomeTally.js';
import { type ReportScores, scoresInWords } from './reportScores.js';
import {
	bootstrapMean,
	holm,
	type Interval,
	mcnemarExact,
	newcombePaired,
	permutationTest,
	wilson,
} from './statistics.js';

export type Claim = 'improved' | 'worse' | 'no evidence';

export interface ArmResult {
	readonly arm: string;
	readonly n: number;
	/** Mean number of problems solved, over seeds. */
	readonly solved: number;
	readonly accuracy: number;
	readonly ci95: Interval;
	/** Accuracy with each seed, in order of seeds. */
	readonly bySeed: readonly { readonly seed: number; readonly accuracy: number }[];
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly seconds: number;
	/** Null where a price is unknown. */
	readonly cost: number | null;
	/** Answers to a problem with one seed; absent where it is one. `accuracy` is then pass@1, their mean. */
	readonly samples?: number;
	/** Of the majority vote over them (maj@n). */
	readonly majority?: Pick<ArmResult, 'solved' | 'accuracy' | 'ci95'>;
}

export interface PairResult {
	readonly a: string;
	readonly b: string;
	readonly onlyA: number;
	readonly onlyB: number;
	readonly diff: number;
	readonly ci95: Interval;
	readonly p: number;
	readonly pHolm: number;
	/** Says `a` against `b`. */
	readonly claim: Claim;
}

export interface Report {
	readonly schema: 1;
	readonly createdAt: string;
	readonly set: {
		readonly name: string;
		readonly split: string;
		readonly n: number;
		readonly sha256: string;
		readonly source: string;
	};
	readonly models: readonly {
		readonly role: string;
		readonly id: string;
		readonly identity: string;
		readonly source: string;
	}[];
	readonly seeds: readonly number[];
	/** Absent where each problem has one greedy answer. */
	readonly sampling?: Sampling | undefined;
	readonly library: { readonly id: string; readonly experiences: number; readonly patterns: number };
	readonly arms: readonly ArmResult[];
	readonly pairs: readonly PairResult[];
	/** Where the kind grades by degree. */
	readonly scores?: ReportScores | undefined;
	/** Parts that were left out because the evaluated problem itself had taught them. */
	readonly excluded: readonly string[];
	readonly lint: Lint;
	/** The smallest gap that so many problems detect. */
	readonly smallestGap: number;
	readonly versions: Readonly<Record<string, string>>;
	readonly settings: unknown;
	readonly training?: TrainingSummary | undefined;
	/** Where the set names groups of problems. */
	readonly groups?: ReportGroups | undefined;
	/** Where the benchmark was stopped: how many of its answers there are. Nothing is claimed of such a report. */
	readonly partial?: { readonly answered: number; readonly planned: number } | undefined;
}

/** What the training runs behind the library did. */
export interface TrainingSummary {
	readonly problems: number;
	readonly epochs: number;
	readonly firstAttempt: number;
	readonly solved: number;
	readonly lessonsKept: number;
	readonly lessonsMended: number;
	/** Dropped lessons by reason. */
	readonly lessonsDropped: Readonly<Record<string, number>>;
	readonly updates: Readonly<Record<string, number>>;
}

/** Accuracy by group of problems, where a set names what they are grouped by. */
export interface ReportGroups {
	/** The fields of a problem that make its group. */
	readonly by: readonly string[];
	readonly groups: readonly GroupResult[];
}

export interface GroupResult {
	readonly name: string;
	readonly n: number;
	readonly arms: readonly Pick<ArmResult, 'arm' | 'solved' | 'accuracy' | 'ci95'>[];
}

/** Structures by the text that they draw. */
export type Drawings = ReadonlyMap<string, MoleculeDrawing>;

/** What the HTML report shows beside the figures. */
export interface ReportDetails {
	readonly problems: readonly { readonly id: string; readonly question: string; readonly answer: string }[];
	/** Every answer; read anew each time. */
	readonly samples: Iterable<SampleRecord>;
	/** Absent where they are not known any more. */
	readonly experiences?: readonly Experience[] | undefined;
	readonly command: string;
	/** Their answers are good ones among many. */
	readonly openEnded?: boolean | undefined;
	/** Structures of questions and answers that are molecules. */
	readonly drawings?: Drawings | undefined;
	/** Lays the result beside the paper's table, where the paper measured this set. */
	readonly paper?: boolean | undefined;
}

type Outcomes = ReadonlyMap<string, ProblemOutcome>;

/** Arms in order of their first answer. */
export function armResults(
	samples: Iterable<SampleRecord>,
	costOf: (sample: SampleRecord) => number | null,
): readonly ArmResult[] {
	return [...tallyOutcomes(samples, costOf).values()].map((arm) => {
		const bySeed = arm.bySeed();
		const accuracy = mean(bySeed.map((seed) => seed.accuracy));
		const n = arm.problems.size;
		const { tokensIn, tokensOut, ms, cost, samples: drawn } = arm;
		const solved = { accuracy, solved: countOf(accuracy, n), ci95: shareInterval(arm.means(), bySeed.length * drawn) };
		const figures = { bySeed, tokensIn, tokensOut, seconds: ms / 1000, cost };
		if (drawn === 1) return { arm: arm.arm, n, ...solved, ...figures };
		const votes = arm.majorities();
		const share = mean(votes);
		const majority = { solved: countOf(share, n), accuracy: share, ci95: shareInterval(votes, bySeed.length) };
		return { arm: arm.arm, n, ...solved, ...figures, samples: drawn, majority };
	});
}

/** So many of `n`, without what floating point adds: 58 % of 50 are 29, and not 28.999…. */
function countOf(share: number, n: number): number {
	return Math.round(share * n * 1e6) / 1e6;
}

/** The interval of a mean over problems, each of which was answered so many times. */
function shareInterval(means: readonly number[], answers: number): Interval {
	// Resampling equal values knows no doubt: an arm that solved nothing would have an interval of 0 to 0.
	const spread = means.some((value) => value !== means[0]);
	if (spread && answers > 1) return bootstrapMean(means, 1);
	return wilson(Math.round(mean(means) * means.length), means.length);
}

/**
 * `flex` against every other arm; `flex-agent` against `agent` alone, for against any other the tools would count as
 * experience. One answer a problem: exact McNemar and Newcombe's interval; several: a permutation test over problems on
 * their means, and a bootstrap interval. Holm runs over all pairs.
 */
export function pairResults(samples: Iterable<SampleRecord>): readonly PairResult[] {
	const arms = [...tallyOutcomes(samples).values()];
	const tests = arms.flatMap((a) =>
		arms
			.filter((b) => isPair(a.arm, b.arm))
			.map((b) => ({ a: a.arm, b: b.arm, ...comparePair(a.problems, b.problems) })),
	);
	const adjusted = holm(tests.map((test) => test.p));
	return tests.map((test, index) => {
		const pHolm = adjusted[index] ?? 1;
		return { ...test, pHolm, claim: claimOf(pHolm, test.ci95) };
	});
}

function isPair(a: string, b: string): boolean {
	return a === 'flex' ? b !== 'flex' && b !== 'flex-agent' : a === 'flex-agent' && b === 'agent';
}

function comparePair(a: Outcomes, b: Outcomes): Omit<PairResult, 'a' | 'b' | 'pHolm' | 'claim'> {
	const asked = [...a].flatMap(([problem, own]) => {
		const other = b.get(problem);
		return other ? [{ own, other, difference: own.right / own.answers - other.right / other.answers }] : [];
	});
	const differences = asked.map(({ difference }) => difference);
	const onlyA = differences.filter((difference) => difference > 0).length;
	const onlyB = differences.filter((difference) => difference < 0).length;
	const diff = mean(differences);
	const single = asked.every(({ own, other }) => own.answers === 1 && other.answers === 1);
	if (!single) return { onlyA, onlyB, diff, ci95: bootstrapMean(differences, 1), p: permutationTest(differences, 1) };
	const both = asked.filter(({ own, other }) => own.right === 1 && other.right === 1).length;
	const counts = { both, onlyA, onlyB, neither: asked.length - both - onlyA - onlyB };
	return { onlyA, onlyB, diff, ci95: newcombePaired(counts), p: mcnemarExact(counts) };
}

/** Answers that an arm gave in all. */
export function answersOf({ n, bySeed, samples = 1 }: Pick<ArmResult, 'n' | 'bySeed' | 'samples'>): number {
	return Math.max(1, n * bySeed.length * samples);
}

/** A claim needs the adjusted test *and* the interval. */
export function claimOf(pHolm: number, [low, high]: Interval): Claim {
	if (pHolm >= 0.05 || (low <= 0 && high >= 0)) return 'no evidence';
	return low > 0 ? 'improved' : 'worse';
}

/** A pair in plain words. */
export function inWords(pair: PairResult, report: Pick<Report, 'smallestGap'>): string {
	const points = Math.abs(pair.diff * 100).toFixed(0);
	const name = armWords[pair.b] ?? pair.b;
	const given = pair.a === 'flex-agent' ? 'With experience and tools' : 'With experience';
	const range = `[${pair.ci95.map((end) => (end * 100).toFixed(0).replace('-', '−')).join(', ')}]`;
	if (pair.claim === 'no evidence') {
		const shows =
			report.smallestGap < 1
				? `here only gaps of about ${(report.smallestGap * 100).toFixed(0)} points or more would show`
				: 'so few problems can’t show any difference';
		const against = pair.a === 'flex-agent' ? `${given}, against` : 'Against';
		return `${against} ${name} the difference of ${signed(pair.diff)} points ${range} could be chance; ${shows}.`;
	}
	const direction = pair.claim === 'improved' ? 'more' : 'fewer';
	return `${given} the model solved ${points} points ${direction} than ${name} ${range}. If the library changed nothing, a gap this large would appear in ${chance(pair.pHolm)} such tests.`;
}

const armWords: Readonly<Record<string, string>> = {
	llm: 'the model alone',
	placebo: 'unrelated experience of the same form',
	icl: 'fixed random examples',
	'icl-similar': 'similar raw examples within the same tokens',
	nearest: 'looking up the closest train question',
	majority: 'the most frequent answer',
	agent: 'the model with tools alone',
};

function chance(p: number): string {
	return p < 0.0005 ? 'fewer than 1 of 2,000' : `1 of ${Math.max(1, Math.round(1 / p)).toLocaleString('en-US')}`;
}

function signed(diff: number): string {
	const points = Math.abs(diff * 100).toFixed(0);
	return points === '0' ? '±0' : `${diff > 0 ? '+' : '−'}${points}`;
}

/** Every sentence of the result, the most important first. */
export function reportInWords(report: Report): readonly string[] {
	if (report.partial) return [partialInWords(report.partial)];
	const order = ['llm', 'icl-similar', 'placebo', 'agent', 'nearest', 'icl', 'majority'];
	const sorted = report.pairs.toSorted((x, y) => order.indexOf(x.b) - order.indexOf(y.b));
	const sentences = sorted.map((pair) => inWords(pair, report));
	const nearest = report.arms.find((arm) => arm.arm === 'nearest');
	const flex = report.arms.find((arm) => arm.arm === 'flex');
	if (nearest && flex && flex.accuracy <= nearest.accuracy) {
		sentences.push('Experience is not above a plain look-up of the closest train question here.');
	}
	if (report.scores) sentences.push(...scoresInWords(report.scores));
	sentences.push(...roomInWords(report.arms));
	if (report.seeds.length === 1) sentences.push('This is one training seed; another one may give other figures.');
	return sentences;
}

function partialInWords({ answered, planned }: NonNullable<Report['partial']>): string {
	return `PARTIAL: ${answered} of ${planned} answers are there. The figures are of those alone; arms may have answered different problems, and nothing can be claimed.`;
}
