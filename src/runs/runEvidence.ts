/** What the folder of one run says of experiences: pairs of answers with one and without, and problems that a coin withheld it from. */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProblemRecord, SampleRecord } from '../core/learning/runLog.js';
import type { WithholdingOutcome } from '../core/retrieval/withholding.js';
import { linesFrom } from '../providers/jsonLines.js';
import type { RunConfigFile } from './runConfigFile.js';

/** One problem, answered with the experience in the prompt and without it. */
export interface EvidencePair {
	readonly run: string;
	readonly set: string;
	readonly problem: string;
	readonly seed: number;
	readonly withSolved: boolean;
	readonly withoutSolved: boolean;
}

/** The first attempt at one problem of a training. */
export interface DrawnOutcome extends WithholdingOutcome {
	readonly set: string;
	readonly problem: string;
}

type ById<T> = ReadonlyMap<string, readonly T[]>;

/** By experience. */
export interface RunEvidence {
	/** The same problem with all that was found, and with all of it but this experience. */
	readonly replays: ById<EvidencePair>;
	/** The same problem with what was found, this among it, and with nothing. */
	readonly benchmarks: ById<EvidencePair>;
	readonly drawn: ById<DrawnOutcome>;
	/** How often the coin withheld; 0 where nothing was drawn. */
	readonly withhold: number;
}

const none: RunEvidence = { replays: new Map(), benchmarks: new Map(), drawn: new Map(), withhold: 0 };

type Sample = Pick<SampleRecord, 'arm' | 'problem' | 'seed' | 'sample' | 'verdict' | 'retrieved'>;

/** An arm with experience, and the same without it. */
const opposites: Readonly<Record<string, string>> = { flex: 'llm', 'flex-agent': 'agent' };

const leftOut = 'without:';

/** Name of the arm that leaves one experience out. */
export function armWithout(id: string): string {
	return `${leftOut}${id}`;
}

export async function evidenceIn(folder: string, run: string, config: RunConfigFile): Promise<RunEvidence> {
	const file = join(folder, 'rollouts.jsonl');
	const { kind, set } = config;
	if (kind === 'bench') return { ...none, benchmarks: pairsOf(await samplesIn(file), run, set, withNothing) };
	if (kind === 'utility') return { ...none, replays: pairsOf(await samplesIn(file), run, set, withoutOne) };
	const { withhold } = config.config.retrieval;
	return kind === 'train' && withhold > 0 ? { ...none, drawn: await drawnIn(file, set), withhold } : none;
}

/** The answers to compare with, by experience: the arm that has none of them, or the one that lacks this one. */
type Opposite = (arm: string, id: string) => string | undefined;

const withNothing: Opposite = (arm) => opposites[arm];
const withoutOne: Opposite = (arm, id) => (arm === 'flex' ? armWithout(id) : undefined);

function pairsOf(samples: readonly Sample[], run: string, set: string, oppositeOf: Opposite): ById<EvidencePair> {
	const key = ({ arm, problem, seed, sample = 0 }: Omit<Sample, 'verdict' | 'retrieved'>): string =>
		JSON.stringify([arm, problem, seed, sample]);
	const answers = new Map(samples.map((sample) => [key(sample), sample]));
	// Arms without a library run once, whatever the number of seeds.
	const ofAnySeed = new Map(samples.map((sample) => [key({ ...sample, seed: -1 }), sample]));
	const pairs = new Map<string, EvidencePair[]>();
	for (const sample of answers.values()) {
		for (const id of sample.retrieved) {
			const arm = oppositeOf(sample.arm, id);
			if (arm === undefined) continue;
			const other = { ...sample, arm };
			const without = answers.get(key(other)) ?? ofAnySeed.get(key({ ...other, seed: -1 }));
			if (!without) continue;
			const { problem, seed } = sample;
			const [withSolved, withoutSolved] = [sample.verdict === 'correct', without.verdict === 'correct'];
			push(pairs, id, { run, set, problem, seed, withSolved, withoutSolved });
		}
	}
	return pairs;
}

/** Each problem once, in the first epoch in which the experience was found: what follows depends on that one. */
async function drawnIn(file: string, set: string): Promise<ById<DrawnOutcome>> {
	const seen = new Set<string>();
	const drawn = new Map<string, DrawnOutcome[]>();
	const records = await recordsIn<ProblemRecord>(file, 'problem');
	for (const { problem, firstAttempt, drawn: coin } of records.toSorted((a, b) => a.epoch - b.epoch)) {
		for (const withheld of [false, true]) {
			for (const id of (withheld ? coin?.withheld : coin?.given) ?? []) {
				const key = `${id} ${problem}`;
				if (seen.has(key)) continue;
				seen.add(key);
				push(drawn, id, { set, problem, withheld, solved: firstAttempt });
			}
		}
	}
	return drawn;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
	const own = map.get(key);
	if (own) own.push(value);
	else map.set(key, [value]);
}

async function samplesIn(file: string): Promise<readonly Sample[]> {
	const samples = await recordsIn<Sample>(file, 'sample');
	return samples.filter(({ retrieved }) => Array.isArray(retrieved));
}

/** The file holds whole prompts, too; only the lines of one kind are taken apart. */
async function recordsIn<T>(file: string, type: 'sample' | 'problem'): Promise<readonly T[]> {
	const mark = Buffer.from(`{"type":"${type}"`);
	const handle: FileHandle | undefined = await open(file, 'r').catch(() => undefined);
	if (!handle) return [];
	const records: T[] = [];
	try {
		for await (const { bytes } of linesFrom(handle, 0)) {
			if (bytes.subarray(0, mark.length).equals(mark)) records.push(...recordIn<T>(bytes));
		}
	} finally {
		await handle.close();
	}
	return records;
}

/** None in a line that a crash of the machine left half-written. */
function recordIn<T>(bytes: Buffer): readonly T[] {
	try {
		const { record }: { readonly record?: T } = JSON.parse(bytes.toString('utf8'));
		return record ? [record] : [];
	} catch {
		return [];
	}
}
