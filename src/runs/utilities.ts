/** What paired evidence says of each experience, from the benchmarks of a workspace (docs/architecture.md, Utility). */
import { existsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleRecord } from '../core/learning/runLog.js';
import { type Utility, utilityOf } from '../core/retrieval/utility.js';
import { linesFrom } from '../providers/jsonLines.js';
import { readConfigFile } from './runConfigFile.js';
import { runIds } from './runSummary.js';

/** One problem, answered with the experience in the prompt and without any. */
export interface EvidencePair {
	readonly run: string;
	readonly set: string;
	readonly problem: string;
	readonly seed: number;
	readonly withSolved: boolean;
	readonly withoutSolved: boolean;
}

export interface ExperienceEvidence {
	readonly utility: Utility;
	/** (helped − hurt) / pairs, −1 to 1. */
	readonly effect: number;
	/** `unknown` under ten pairs. */
	readonly verdict: 'helps' | 'hurts' | 'no evidence' | 'unknown';
	/** The newest, at most 100. */
	readonly pairs: readonly EvidencePair[];
}

type Sample = Pick<SampleRecord, 'arm' | 'problem' | 'seed' | 'verdict' | 'retrieved'>;

/** The pairs of one run, by experience. */
type RunPairs = ReadonlyMap<string, readonly EvidencePair[]>;

interface Known {
	readonly signature: string;
	readonly pairs: RunPairs;
}

/** An arm with experience, and the same without it. */
const opposites: Readonly<Record<string, string>> = { flex: 'llm', 'flex-agent': 'agent' };

const mostListed = 100;

/**
 * Reads the benchmarks of runs folders; one that did not change since the last time is not read again. What several
 * benchmarks asked of one problem counts once, as the newest answered it. Experiences that were withheld at random in a
 * training are no pairs: there, nobody answered the same problem with them.
 */
export class Utilities {
	private readonly known = new Map<string, Known>();

	/** By the id of the experience; those that no benchmark put into a prompt are left out. */
	async of(runs: string): Promise<ReadonlyMap<string, ExperienceEvidence>> {
		const byExperience = new Map<string, Map<string, EvidencePair>>();
		// ULIDs sort by time, the newest first: what comes first stays.
		for (const id of runIds(runs)) {
			for (const [experience, pairs] of await this.pairsOf(join(runs, id), id)) {
				const own = byExperience.get(experience) ?? new Map<string, EvidencePair>();
				byExperience.set(experience, own);
				for (const pair of pairs) {
					const key = JSON.stringify([pair.set, pair.problem, pair.seed]);
					if (!own.has(key)) own.set(key, pair);
				}
			}
		}
		return new Map([...byExperience].map(([id, pairs]) => [id, evidenceOf([...pairs.values()])]));
	}

	private async pairsOf(folder: string, run: string): Promise<RunPairs> {
		const file = join(folder, 'rollouts.jsonl');
		const stat = statSync(file, { throwIfNoEntry: false });
		const { config } = readConfigFile(folder);
		if (!stat || config?.kind !== 'bench') return new Map();
		const signature = `${stat.mtimeMs} ${stat.size}`;
		const known = this.known.get(folder);
		if (known?.signature === signature) return known.pairs;
		const pairs = pairsIn(await readSamples(file), run, config.set);
		this.known.set(folder, { signature, pairs });
		return pairs;
	}
}

function evidenceOf(pairs: readonly EvidencePair[]): ExperienceEvidence {
	const utility = utilityOf(pairs);
	const { helped, hurt, verdict = 'unknown' } = utility;
	return { utility, effect: (helped - hurt) / Math.max(1, utility.pairs), verdict, pairs: pairs.slice(0, mostListed) };
}

function pairsIn(samples: readonly Sample[], run: string, set: string): RunPairs {
	const answers = new Map(samples.map((sample) => [JSON.stringify([sample.arm, sample.problem, sample.seed]), sample]));
	// Arms without a library run once, whatever the number of seeds.
	const ofAnySeed = new Map(samples.map((sample) => [JSON.stringify([sample.arm, sample.problem]), sample]));
	const pairs = new Map<string, EvidencePair[]>();
	for (const { arm, problem, seed, verdict, retrieved } of answers.values()) {
		const opposite = opposites[arm];
		const without =
			answers.get(JSON.stringify([opposite, problem, seed])) ?? ofAnySeed.get(JSON.stringify([opposite, problem]));
		if (opposite === undefined || !without) continue;
		const [withSolved, withoutSolved] = [verdict === 'correct', without.verdict === 'correct'];
		for (const id of retrieved) {
			const own = pairs.get(id) ?? [];
			own.push({ run, set, problem, seed, withSolved, withoutSolved });
			pairs.set(id, own);
		}
	}
	return pairs;
}

/** The file holds whole prompts, too; only the lines of answers are taken apart. */
async function readSamples(file: string): Promise<readonly Sample[]> {
	if (!existsSync(file)) return [];
	const mark = Buffer.from('{"type":"sample"');
	const handle = await open(file, 'r');
	const samples: Sample[] = [];
	try {
		for await (const { bytes } of linesFrom(handle, 0)) {
			if (bytes.subarray(0, mark.length).equals(mark)) samples.push(...sampleIn(bytes));
		}
	} finally {
		await handle.close();
	}
	return samples;
}

/** None in a line that a crash of the machine left half-written. */
function sampleIn(bytes: Buffer): readonly Sample[] {
	try {
		const { record }: { readonly record?: Sample } = JSON.parse(bytes.toString('utf8'));
		return record && Array.isArray(record.retrieved) ? [record] : [];
	} catch {
		return [];
	}
}
