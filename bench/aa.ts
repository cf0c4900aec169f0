/**
 * The A/A check: runs in which nothing differs, through the very function that makes the claims of a report. Ends with 1
 * where more of them claim a difference than 5 % could; then real differences, and how often they are found.
 */
import { type Claim, pairResults } from '../src/core/evaluation/report.js';
import { wilson } from '../src/core/evaluation/statistics.js';
import type { SampleRecord } from '../src/core/learning/runLog.js';
import { hashSeed, seededRandom } from '../src/core/random.js';
import { reporter } from './support/measure.js';

/** A benchmark as it is simulated. */
interface World {
	readonly name: string;
	readonly problems: number;
	/** Arms that `flex` is compared with. */
	readonly others: number;
	/** Answers to a problem in each arm. */
	readonly samples: number;
	/** Chance that a problem is solved, drawn for each problem and the same in all arms where nothing differs. */
	readonly difficulty: (random: () => number) => number;
	readonly runs: number;
	/** By how much `flex` is more likely to solve a problem. */
	readonly gap?: number;
}

/** The most that the upper end of the share of false claims may be. */
const mostFalse = 0.06;

/** Every problem the same coin: a share of 2p(1 − p) of pairs is discordant. */
const coin = (p: number) => () => p;
/** Most problems are always solved or never, as those of a good benchmark are: few discordant pairs. */
const split = (random: () => number): number => [0.02, 0.5, 0.98][Math.floor(random() * 3)] ?? 0.5;
const even = (random: () => number): number => random();

const nothing: readonly World[] = [
	...[10, 30, 100, 300].flatMap((problems): readonly World[] => [
		{ name: 'half discordant', problems, others: 1, samples: 1, difficulty: coin(0.5), runs: 10_000 },
		{ name: 'a tenth discordant', problems, others: 1, samples: 1, difficulty: coin(0.053), runs: 10_000 },
	]),
	{ name: 'mixed difficulty', problems: 100, others: 1, samples: 1, difficulty: split, runs: 10_000 },
	{ name: 'mixed difficulty, four comparisons', problems: 100, others: 4, samples: 1, difficulty: split, runs: 10_000 },
	{ name: 'clustered, 4 samples', problems: 12, others: 1, samples: 4, difficulty: even, runs: 10_000 },
	{ name: 'clustered, 4 samples', problems: 40, others: 1, samples: 4, difficulty: even, runs: 10_000 },
	{ name: 'clustered, 8 samples, mixed', problems: 40, others: 1, samples: 8, difficulty: split, runs: 10_000 },
];

const something: readonly World[] = [50, 100, 200, 400].flatMap((problems) =>
	[0.05, 0.1, 0.15].map(
		(gap): World => ({
			name: `gap of ${gap * 100} points`,
			problems,
			others: 1,
			samples: 1,
			difficulty: even,
			runs: 1000,
			gap,
		}),
	),
);

/** `--quick` is for looking at the check itself. */
const divisor = process.argv.includes('--quick') ? 20 : 1;
const report = reporter(process.argv.slice(2));
let failed = false;

for (const world of nothing) {
	const runs = world.runs / divisor;
	const found = claimsIn(world, runs);
	const claimed = runs - (found.get('no evidence') ?? 0);
	const [, high] = wilson(claimed, runs);
	const name = `nothing differs: ${world.name}, n = ${world.problems}`;
	report({ name, value: (100 * claimed) / runs, unit: `% false claims, at most ${(100 * high).toFixed(2)}`, n: runs });
	if (high > mostFalse && divisor === 1) failed = true;
}
for (const world of something) {
	const runs = world.runs / divisor;
	const found = (claimsIn(world, runs).get('improved') ?? 0) / runs;
	report({ name: `${world.name}, n = ${world.problems}`, value: 100 * found, unit: '% found', n: runs });
}
if (failed) {
	console.error(`More than ${100 * mostFalse} % of runs in which nothing differs may claim a difference.`);
	process.exitCode = 1;
}

/** How many runs claim what; a run with any claim at all is one that claims. */
function claimsIn(world: World, runs: number): ReadonlyMap<Claim, number> {
	const counts = new Map<Claim, number>();
	for (let run = 0; run < runs; run++) {
		const random = seededRandom(hashSeed('aa', JSON.stringify({ ...world, difficulty: '' }), run));
		const claims = pairResults(simulated(world, random)).map(({ claim }) => claim);
		const claim = claims.find((one) => one !== 'no evidence') ?? 'no evidence';
		counts.set(claim, (counts.get(claim) ?? 0) + 1);
	}
	return counts;
}

function* simulated(world: World, random: () => number): Generator<SampleRecord, void> {
	const chances = Array.from({ length: world.problems }, () => world.difficulty(random));
	const arms = ['flex', ...Array.from({ length: world.others }, (_, other) => `arm ${other}`)];
	for (const arm of arms) {
		const gain = arm === 'flex' ? (world.gap ?? 0) : 0;
		for (const [problem, chance] of chances.entries()) {
			for (let sample = 0; sample < world.samples; sample++) {
				yield answer(arm, problem, sample, random() < raised(chance, gain));
			}
		}
	}
}

/** Raises chances that are drawn evenly so that their mean rises by `gain`, up to a sixth; none leaves 0–1. */
function raised(chance: number, gain: number): number {
	return chance + gain * 6 * chance * (1 - chance);
}

function answer(arm: string, problem: number, sample: number, right: boolean): SampleRecord {
	return {
		...{ arm, problem: `p${problem}`, seed: 1, sample, answer: right ? 'right' : 'wrong' },
		...{ verdict: right ? 'correct' : 'incorrect', tokensIn: 0, tokensOut: 0, ms: 0, retrieved: [] },
	};
}
