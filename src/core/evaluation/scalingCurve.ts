/** The scaling curve: held-out accuracy against how many problems the library has learned, and what can be claimed of it. */

import type { SampleRecord } from '../learning/runLog.js';
import type { SliceSize } from './librarySlice.js';
import { type ArmResult, armResults, type Claim, claimOf, inWords, type PairResult, pairResults } from './report.js';
import { lintInWords } from './reportLint.js';
import type { ReportHead } from './reportPage.js';
import { bootstrapMean, holm, type Interval, permutationTest } from './statistics.js';

/** The arm of a size: the model alone at 0, else a slice of the library. */
export function curveArm(problems: number): string {
	return problems === 0 ? 'llm' : `flex@${problems}`;
}

/** A size of the library, in problems learned. */
export interface CurveSize extends SliceSize {
	readonly problems: number;
}

export interface CurvePoint extends CurveSize {
	readonly n: number;
	readonly solved: number;
	readonly accuracy: number;
	readonly ci95: Interval;
	/** Mean tokens of a prompt. */
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly seconds: number;
	/** Of all questions; null where a price is unknown. */
	readonly cost: number | null;
}

/**
 * Whether accuracy rises with size: the least-squares slope over log2(1 + problems learned), problem by problem, so that
 * answers of one problem are never taken for independent; a sign-flip permutation test and a bootstrap over problems.
 */
export interface Trend {
	/** The smallest size that is in it. */
	readonly from: number;
	/** Change of accuracy for each doubling of the problems learned. */
	readonly slope: number;
	readonly ci95: Interval;
	readonly p: number;
	readonly pHolm: number;
	readonly claim: Claim;
}

export interface ScalingCurve {
	/** In order of size, the first one without any library. */
	readonly points: readonly CurvePoint[];
	/** The largest size against none. */
	readonly pair: PairResult | undefined;
	/** Over all sizes, and over those with a library. Holm runs over the pair and both trends. */
	readonly trends: readonly Trend[];
}

export interface CurveReport extends ReportHead, ScalingCurve {
	readonly schema: 1;
	readonly kind: 'curve';
	readonly library: {
		readonly id: string;
		/** Active experiences, and how many of them the largest possible slice holds. */
		readonly experiences: number;
		readonly traced: number;
	};
	/** How many problems the library learned in all, and in which order they were taken. */
	readonly learned: { readonly problems: number; readonly order: 'training' | 'seeded'; readonly seed: number };
}

/** The curve that these answers make; `sizes` in rising order, beginning with 0. */
export function scalingCurve(
	sizes: readonly CurveSize[],
	samples: readonly SampleRecord[],
	costOf: (sample: SampleRecord) => number | null,
): ScalingCurve {
	const arms = new Map(armResults(samples, costOf).map((arm) => [arm.arm, arm]));
	const points = sizes.flatMap((size) => {
		const arm = arms.get(curveArm(size.problems));
		return arm ? [pointOf(size, arm)] : [];
	});
	const pair = largestPair(points, samples);
	const starts = [0, points[1]?.problems ?? 0];
	const trends = [...new Set(starts)].flatMap((from) => trendFrom(from, points, samples) ?? []);
	const [pairHolm = 1, ...trendHolm] = holm([pair?.p ?? 1, ...trends.map(({ p }) => p)]);
	return {
		points,
		pair: pair && { ...pair, pHolm: pairHolm, claim: claimOf(pairHolm, pair.ci95) },
		trends: trends.map((trend, index) => {
			const pHolm = trendHolm[index] ?? 1;
			return { ...trend, pHolm, claim: claimOf(pHolm, trend.ci95) };
		}),
	};
}

function pointOf(size: CurveSize, { n, solved, accuracy, ci95, seconds, cost, ...arm }: ArmResult): CurvePoint {
	const mean = (total: number): number => total / Math.max(1, n);
	return {
		...size,
		n,
		solved,
		accuracy,
		ci95,
		tokensIn: mean(arm.tokensIn),
		tokensOut: mean(arm.tokensOut),
		seconds: mean(seconds),
		cost,
	};
}

/** The largest size under the names that a pair of arms has in every report. */
function largestPair(points: readonly CurvePoint[], samples: readonly SampleRecord[]): PairResult | undefined {
	const largest = points.at(-1);
	if (!largest || largest.problems === 0) return undefined;
	const named = (from: string, arm: string) =>
		samples.filter((sample) => sample.arm === from).map((sample) => ({ ...sample, arm }));
	return pairResults([...named(curveArm(largest.problems), 'flex'), ...named(curveArm(0), 'llm')])[0];
}

/** Undefined where fewer than two sizes are left. */
function trendFrom(
	from: number,
	points: readonly CurvePoint[],
	samples: readonly SampleRecord[],
): Omit<Trend, 'pHolm' | 'claim'> | undefined {
	const sizes = points.map(({ problems }) => problems).filter((problems) => problems >= from);
	if (sizes.length < 2) return undefined;
	const xs = sizes.map((problems) => Math.log2(1 + problems));
	const right = new Map(samples.map(({ arm, problem, verdict }) => [`${arm} ${problem}`, verdict === 'correct']));
	const slopes = [...new Set(samples.map(({ problem }) => problem))].map((problem) => {
		const ys = sizes.map((size) => Number(right.get(`${curveArm(size)} ${problem}`) ?? false));
		return slopeOf(xs, ys);
	});
	const slope = slopes.reduce((sum, value) => sum + value, 0) / Math.max(1, slopes.length);
	return { from, slope, ci95: bootstrapMean(slopes, 1), p: permutationTest(slopes, 1) };
}

function slopeOf(xs: readonly number[], ys: readonly number[]): number {
	const centre = xs.reduce((sum, x) => sum + x, 0) / xs.length;
	const spread = xs.reduce((sum, x) => sum + (x - centre) ** 2, 0);
	return xs.reduce((sum, x, at) => sum + (x - centre) * (ys[at] ?? 0), 0) / spread;
}

/** Every sentence of the result, the most important first. */
export function curveInWords(report: CurveReport): readonly string[] {
	const { points, pair, trends, learned, library } = report;
	const sentences = pair ? [inWords(pair, report)] : [];
	for (const trend of trends) sentences.push(trendInWords(trend));
	const [first, last] = [points[1], points.at(-1)];
	if (first && last && last !== first) {
		const flat = last.tokensIn <= first.tokensIn * 1.25;
		const verdict = flat ? 'what a question costs does not grow with the library' : 'a question costs more';
		sentences.push(
			`A prompt had ${Math.round(first.tokensIn)} tokens with ${counted(first.problems)} learned and ${Math.round(last.tokensIn)} with ${last.problems}: ${verdict}.`,
		);
	}
	sentences.push(
		learned.order === 'training'
			? 'Each size is the library as if training had stopped there: one trained library, cut back.'
			: `The problems are taken in a random order (seed ${learned.seed}), not in that of the training.`,
	);
	const untraced = library.experiences - library.traced;
	if (untraced > 0) {
		sentences.push(
			`${untraced} of the library's ${library.experiences} experiences name no problem of this set that taught them; no size has them.`,
		);
	}
	sentences.push('This is one training seed; another one may give other figures.');
	return sentences;
}

function trendInWords({ from, slope, ci95, claim }: Trend): string {
	const points = (share: number) => (share * 100).toFixed(1).replace('-', '−');
	const range = `[${ci95.map(points).join(', ')}]`;
	const over = from === 0 ? 'From no experience to all of it' : `From ${counted(from)} learned on`;
	const change = `${slope >= 0 ? '+' : ''}${points(slope)} points ${range} for each doubling`;
	if (claim === 'no evidence') return `${over} the trend of ${change} could be chance.`;
	return `${over} accuracy ${claim === 'improved' ? 'rises' : 'falls'}: ${change} of the problems learned.`;
}

function counted(problems: number): string {
	return `${problems} problem${problems === 1 ? '' : 's'}`;
}

/** The curve as Markdown: the sentences, then the tables. */
export function curveMarkdown(report: CurveReport): string {
	const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
	const points = (share: number) => (share * 100).toFixed(1);
	const rows = report.points.map(
		(point) =>
			`| ${point.problems} | ${point.experiences} | ${point.patterns} | ${point.cases} | ${point.solved} / ${point.n} | ${percent(point.accuracy)} | ${point.ci95.map(percent).join(' – ')} | ${Math.round(point.tokensIn)} | ${point.seconds.toFixed(2)} |`,
	);
	const tests = [
		...(report.pair ? [{ name: 'largest size – none', value: report.pair.diff, ...testOf(report.pair) }] : []),
		...report.trends.map((trend) => ({
			name: `slope per doubling, from ${trend.from}`,
			value: trend.slope,
			...testOf(trend),
		})),
	];
	return [
		`# ${report.set.name}, ${report.set.split}, n = ${report.set.n}: accuracy by size of the library`,
		'',
		...curveInWords(report).map((sentence) => `- ${sentence}`),
		'',
		'| problems learned | experiences | patterns | cases | solved | accuracy | 95 % | prompt tokens a question | seconds a question |',
		'|---|---|---|---|---|---|---|---|---|',
		...rows,
		'',
		'| test | points | 95 % | p | p (Holm) | claim |',
		'|---|---|---|---|---|---|',
		...tests.map(
			({ name, value, ci95, p, pHolm, claim }) =>
				`| ${name} | ${points(value)} | ${ci95.map(points).join(' – ')} | ${p.toPrecision(2)} | ${pHolm.toPrecision(2)} | ${claim} |`,
		),
		'',
		...report.models.map((model) => `- ${model.role}: ${model.id}, ${model.identity} (${model.source})`),
		...(report.lint ? lintInWords(report.lint) : []).map((sentence) => `- Contamination lint: ${sentence}`),
		`- Split: sha256 ${report.set.sha256}`,
		`- Run it again: \`${report.command}\``,
		'',
	].join('\n');
}

function testOf({ ci95, p, pHolm, claim }: Pick<Trend, 'ci95' | 'p' | 'pHolm' | 'claim'>) {
	return { ci95, p, pHolm, claim };
}
