/** Scores of a benchmark whose kind grades by degree: means per arm beside the solved counts, and what is published of the same problems. */
import type { SampleRecord } from '../learning/runLog.js';
import { mean } from '../mean.js';
import { bootstrapMean, holm, type Interval, permutationTest } from './statistics.js';

export interface ArmScore {
	readonly arm: string;
	readonly n: number;
	/** Mean over problems, each the mean of its samples; an answer that can't be used scores 0. */
	readonly mean: number;
	readonly ci95: Interval;
	/** Answers that could not be used. */
	readonly invalid: number;
}

export interface ScorePair {
	readonly a: string;
	readonly b: string;
	readonly diff: number;
	readonly ci95: Interval;
	/** Of a sign-flip permutation test over problems; `pHolm` over all pairs of this table. */
	readonly p: number;
	readonly pHolm: number;
}

/** What others published of the problems of an assay. */
export interface PublishedScores {
	/** The assay. */
	readonly name: string;
	/** What the figures are of: "all variants". */
	readonly over: string;
	readonly models: number;
	readonly best: { readonly model: string; readonly score: number };
	readonly median: number;
}

export interface ReportScores {
	/** What the score is: "Spearman ρ". */
	readonly name: string;
	readonly arms: readonly ArmScore[];
	readonly pairs: readonly ScorePair[];
	readonly published: readonly PublishedScores[];
}

/** Undefined where no answer has a score. @param samples read once, as they come: a long benchmark's are on disk */
export function reportScores(
	name: string,
	samples: Iterable<SampleRecord>,
	published: readonly PublishedScores[],
): ReportScores | undefined {
	const byArm = new Map<string, ArmAnswers>();
	let scored = false;
	for (const { arm, problem, score, verdict } of samples) {
		scored ||= score !== undefined;
		const own = byArm.get(arm) ?? { scores: new Map<string, number[]>(), invalid: 0 };
		own.scores.set(problem, [...(own.scores.get(problem) ?? []), score ?? 0]);
		byArm.set(arm, verdict === 'invalid' ? { ...own, invalid: own.invalid + 1 } : own);
	}
	if (!scored) return undefined;
	const means = new Map([...byArm].map(([arm, { scores }]) => [arm, meansOf(scores)]));
	const arms = [...byArm].map(([arm, { invalid }]): ArmScore => {
		const values = [...(means.get(arm)?.values() ?? [])];
		return { arm, n: values.length, mean: mean(values), ci95: bootstrapMean(values, 1), invalid };
	});
	return { name, arms, pairs: pairsOf(means), published };
}

interface ArmAnswers {
	/** By problem, one for each sample. */
	readonly scores: Map<string, number[]>;
	readonly invalid: number;
}

/** `flex` against every other arm, problem by problem. */
function pairsOf(byArm: ReadonlyMap<string, ReadonlyMap<string, number>>): readonly ScorePair[] {
	const flex = byArm.get('flex');
	if (!flex) return [];
	const tests = [...byArm].flatMap(([b, other]) => {
		if (b === 'flex' || b === 'flex-agent') return [];
		const differences = [...flex].flatMap(([problem, score]) => {
			const against = other.get(problem);
			return against === undefined ? [] : [score - against];
		});
		const ci95 = bootstrapMean(differences, 1);
		return [{ a: 'flex', b, diff: mean(differences), ci95, p: permutationTest(differences, 1) }];
	});
	const adjusted = holm(tests.map(({ p }) => p));
	return tests.map((test, index) => ({ ...test, pHolm: adjusted[index] ?? 1 }));
}

function meansOf(scores: ReadonlyMap<string, readonly number[]>): ReadonlyMap<string, number> {
	return new Map([...scores].map(([problem, own]) => [problem, mean(own)]));
}

/** A table with a head and rows of texts, for whoever lays it out. */
export interface ScoreTable {
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
	/** What has to be known to read it. */
	readonly note: string;
}

/** The tables of the scores: arms, pairs, and what is published; those without rows are left out. */
export function scoreTables({ name, arms, pairs, published }: ReportScores): readonly ScoreTable[] {
	return [
		{
			head: ['arm', `mean ${name}`, '95 %', 'unusable answers'],
			rows: arms.map((arm) => [arm.arm, figure(arm.mean), span(arm.ci95), String(arm.invalid)]),
			note: 'Means over problems with a bootstrap over problems; an answer that can’t be used counts as 0.',
		},
		{
			head: ['pair', `difference of ${name}`, '95 %', 'p (Holm)'],
			rows: pairs.map((pair) => [
				`${pair.a} – ${pair.b}`,
				figure(pair.diff),
				span(pair.ci95),
				pair.pHolm.toPrecision(2),
			]),
			note: 'A permutation test over problems; the claims above are about problems solved.',
		},
		{
			head: ['assay', 'best published model', name, 'median', 'models'],
			rows: published.map(({ name: assay, best, median, models }) => [
				assay,
				best.model,
				figure(best.score),
				figure(median),
				String(models),
			]),
			note: `Published zero-shot figures, over ${published[0]?.over ?? 'all variants'} and without any label; those above are over unseen variants only.`,
		},
	].filter(({ rows }) => rows.length > 0);
}

/** Every score in one sentence. */
export function scoresInWords({ name, arms, pairs }: ReportScores): readonly string[] {
	const flex = arms.find(({ arm }) => arm === 'flex');
	const alone = pairs.find(({ b }) => b === 'llm');
	if (!flex || !alone) return [];
	if (figure(alone.diff) === figure(0))
		return [`Mean ${name} with experience is ${figure(flex.mean)}, as for the model alone.`];
	const sure = alone.pHolm < 0.05 && (alone.ci95[0] > 0 || alone.ci95[1] < 0);
	return [
		`Mean ${name} with experience is ${figure(flex.mean)}, ${figure(Math.abs(alone.diff))} ${alone.diff < 0 ? 'below' : 'above'} the model alone [${span(alone.ci95)}]${sure ? '' : '; that could be chance'}.`,
	];
}

function figure(value: number): string {
	return value.toFixed(3).replace('-', '−');
}

function span([low, high]: Interval): string {
	return `${figure(low)} to ${figure(high)}`;
}
