/** What the runs of a workspace say of the worth of each experience (docs/decisions, utility from three sources). */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Utility, utilityOf } from '../core/retrieval/utility.js';
import { type Withholding, withholdingOf } from '../core/retrieval/withholding.js';
import { readConfigFile } from './runConfigFile.js';
import { type DrawnOutcome, type EvidencePair, evidenceIn, type RunEvidence } from './runEvidence.js';
import { runIds } from './runSummary.js';

export interface ExperienceEvidence {
	/** Where `effect` and `verdict` come from. */
	readonly basis: 'replays' | 'withheld' | 'benchmarks';
	/** Of the pairs, whatever the basis. */
	readonly utility: Utility;
	/** Of the basis: (helped − hurt) / pairs, or the difference of shares; −1 to 1. */
	readonly effect: number;
	/** `unknown` under ten pairs, or ten problems on each side of the coin. */
	readonly verdict: 'helps' | 'hurts' | 'no evidence' | 'unknown';
	/** The newest, at most 100. */
	readonly pairs: readonly EvidencePair[];
	/** What withholding at random in trainings says; absent where it was never withheld. */
	readonly withheld?: Withholding | undefined;
}

interface Known {
	readonly signature: string;
	readonly evidence: RunEvidence;
}

/** What is known of one experience, each problem once: the newest run comes first and stays. */
class Collected {
	readonly replays = new Map<string, EvidencePair>();
	readonly benchmarks = new Map<string, EvidencePair>();
	readonly drawn = new Map<string, DrawnOutcome>();
}

const mostListed = 100;

/**
 * Reads the runs of a folder; one that did not change since the last time is not read again. What several runs asked of
 * one problem counts once, as the newest answered it.
 */
export class Utilities {
	private readonly known = new Map<string, Known>();

	/** By the id of the experience; those of which nothing is known are left out. */
	async of(runs: string): Promise<ReadonlyMap<string, ExperienceEvidence>> {
		const all = new Map<string, Collected>();
		const collected = (id: string): Collected => {
			const own = all.get(id) ?? new Collected();
			all.set(id, own);
			return own;
		};
		let withhold = 0;
		// ULIDs sort by time, the newest first.
		for (const run of runIds(runs)) {
			const evidence = await this.evidenceOf(join(runs, run), run);
			for (const [id, pairs] of evidence.replays) for (const pair of pairs) putFirst(collected(id).replays, pair);
			for (const [id, pairs] of evidence.benchmarks) for (const pair of pairs) putFirst(collected(id).benchmarks, pair);
			if (evidence.drawn.size === 0) continue;
			// Coins of different odds can't be thrown together: problems would no longer differ by the coin alone.
			withhold = withhold || evidence.withhold;
			if (evidence.withhold !== withhold) continue;
			for (const [id, outcomes] of evidence.drawn) for (const one of outcomes) putFirst(collected(id).drawn, one);
		}
		const known = [...all].map(([id, own]) => [id, evidenceFrom(own)] as const);
		return new Map(known.filter(([, { utility, withheld }]) => utility.pairs > 0 || withheld !== undefined));
	}

	private async evidenceOf(folder: string, run: string): Promise<RunEvidence> {
		const stat = statSync(join(folder, 'rollouts.jsonl'), { throwIfNoEntry: false });
		const { config } = readConfigFile(folder);
		if (!stat || !config) return nothing;
		const signature = `${stat.mtimeMs} ${stat.size}`;
		const known = this.known.get(folder);
		if (known?.signature === signature) return known.evidence;
		const evidence = await evidenceIn(folder, run, config);
		this.known.set(folder, { signature, evidence });
		return evidence;
	}
}

const nothing: RunEvidence = { replays: new Map(), benchmarks: new Map(), drawn: new Map(), withhold: 0 };

function putFirst<T extends { readonly set: string; readonly problem: string; readonly seed?: number }>(
	known: Map<string, T>,
	item: T,
): void {
	const key = JSON.stringify([item.set, item.problem, item.seed]);
	if (!known.has(key)) known.set(key, item);
}

/**
 * Replays speak of this experience alone, and of the same problem; the coin of this one alone, over different problems;
 * benchmarks of all that was found together. The first of these that has a verdict counts.
 */
function evidenceFrom({ replays, benchmarks, drawn }: Collected): ExperienceEvidence {
	const [alone, together] = [[...replays.values()], [...benchmarks.values()]];
	const ofReplays = utilityOf(alone);
	const ofBenchmarks = utilityOf(together);
	const coin = withholdingOf(drawn.values());
	const withheld = coin.withheld > 0 ? coin : undefined;
	const said = {
		replays: ofReplays.verdict !== undefined,
		withheld: coin.verdict !== undefined,
		benchmarks: ofBenchmarks.verdict !== undefined,
	};
	const asked = { replays: alone.length > 0, benchmarks: together.length > 0 };
	const basis =
		firstOf(['replays', 'withheld', 'benchmarks'], said) ?? firstOf(['replays', 'benchmarks'], asked) ?? 'withheld';
	const paired = basis === 'replays' || (basis === 'withheld' && alone.length > 0);
	const utility = paired ? ofReplays : ofBenchmarks;
	const effect = basis === 'withheld' ? coin.effect : (utility.helped - utility.hurt) / Math.max(1, utility.pairs);
	const verdict = (basis === 'withheld' ? coin.verdict : utility.verdict) ?? 'unknown';
	return { basis, utility, effect, verdict, pairs: (paired ? alone : together).slice(0, mostListed), withheld };
}

function firstOf<Name extends string>(
	order: readonly Name[],
	holds: Readonly<Record<Name, boolean>>,
): Name | undefined {
	return order.find((name) => holds[name]);
}
