/** What the answers of a benchmark add up to, folded one by one, so that none of them need stay in memory. */
import type { SampleRecord } from '../learning/runLog.js';
import { MajorityVote } from './majorityVote.js';

/** Answers of one arm to one problem: all seeds and samples together. */
export interface ProblemOutcome {
	readonly answers: number;
	readonly right: number;
}

interface SeedTally {
	right: number;
	answers: number;
	readonly votes: Map<string, MajorityVote>;
}

/** One arm's answers, added up. */
export class ArmTally {
	readonly problems = new Map<string, { answers: number; right: number }>();
	tokensIn = 0;
	tokensOut = 0;
	ms = 0;
	/** Null where a price is unknown. */
	cost: number | null = 0;
	private readonly seeds = new Map<number, SeedTally>();
	private most = 1;

	constructor(readonly arm: string) {}

	add(sample: SampleRecord, cost: number | null): void {
		const right = sample.verdict === 'correct' ? 1 : 0;
		const problem = entry(this.problems, sample.problem, () => ({ answers: 0, right: 0 }));
		problem.answers++;
		problem.right += right;
		const seed = entry(this.seeds, sample.seed, () => ({ answers: 0, right: 0, votes: new Map() }));
		seed.answers++;
		seed.right += right;
		entry(seed.votes, sample.problem, () => new MajorityVote()).add(sample);
		this.most = Math.max(this.most, (sample.sample ?? 0) + 1);
		this.tokensIn += sample.tokensIn;
		this.tokensOut += sample.tokensOut;
		this.ms += sample.ms;
		this.cost = this.cost === null || cost === null ? null : this.cost + cost;
	}

	/** Answers to one problem with one seed. */
	get samples(): number {
		return this.most;
	}

	/** Share of right answers with each seed, in order of seeds. */
	bySeed(): readonly { readonly seed: number; readonly accuracy: number }[] {
		return [...this.seeds].map(([seed, { right, answers }]) => ({ seed, accuracy: right / Math.max(1, answers) }));
	}

	/** Share of right answers to each problem. */
	means(): readonly number[] {
		return [...this.problems.values()].map(({ right, answers }) => right / answers);
	}

	/** Share of seeds in which the majority of a problem's samples is right, for each problem. */
	majorities(): readonly number[] {
		return [...this.problems.keys()].map((problem) => {
			const votes = [...this.seeds.values()].flatMap(({ votes: own }) => own.get(problem) ?? []);
			return votes.filter((vote) => vote.isRight).length / Math.max(1, votes.length);
		});
	}
}

/** By arm, in order of their first answer. */
export function tallyOutcomes(
	samples: Iterable<SampleRecord>,
	costOf: (sample: SampleRecord) => number | null = () => 0,
): ReadonlyMap<string, ArmTally> {
	const arms = new Map<string, ArmTally>();
	for (const sample of samples) entry(arms, sample.arm, () => new ArmTally(sample.arm)).add(sample, costOf(sample));
	return arms;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}
