/** What was said in a run about one problem, and how each arm answered each problem: read from `rollouts.jsonl`. */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RolloutLine, SampleRecord } from '../core/learning/runLog.js';
import type { Verdict } from '../core/tasks/task.js';
import { linesFrom } from '../providers/jsonLines.js';

export interface TranscriptRound {
	readonly round: number;
	readonly messages: readonly { readonly role: string; readonly text: string; readonly cut: boolean }[];
	readonly text: string;
	/** The text is longer than what is here. */
	readonly cut: boolean;
	readonly answer?: string | undefined;
	readonly verdict: Verdict;
	/** Where the kind grades by degree. */
	readonly score?: number | undefined;
	readonly advice?: string | undefined;
	/** Ids of experiences. */
	readonly retrieved: readonly string[];
}

/** One rollout, round after round. */
export interface Transcript {
	readonly problem: string;
	readonly epoch: number;
	readonly rollout: number;
	readonly arm?: string | undefined;
	readonly rounds: readonly TranscriptRound[];
}

export interface WantedTranscripts {
	readonly problem: string;
	/** Default: all. */
	readonly epoch?: number | undefined;
}

/** Longer texts are cut, in characters. */
const longestText = 20_000;

/** By epoch, arm, rollout and round; none where the run has none. */
export async function transcriptsOf(
	folder: string,
	{ problem, epoch }: WantedTranscripts,
): Promise<readonly Transcript[]> {
	const rollouts = new Map<string, { readonly first: RolloutLine; readonly rounds: Map<number, TranscriptRound> }>();
	const named = JSON.stringify(problem);
	for await (const { rollout } of recordsOf<{ readonly rollout: RolloutLine }>(folder, 'rollout', named)) {
		if (rollout.problem !== problem || (epoch !== undefined && rollout.epoch !== epoch)) continue;
		const key = [rollout.epoch, rollout.arm ?? '', rollout.rollout].join('/');
		const own = rollouts.get(key) ?? { first: rollout, rounds: new Map() };
		rollouts.set(key, own);
		// A run that was killed may have written a round twice: the last one counts.
		own.rounds.set(rollout.round, roundOf(rollout));
	}
	return [...rollouts.values()]
		.map(({ first, rounds }) => ({
			...{ problem, epoch: first.epoch, rollout: first.rollout, arm: first.arm },
			rounds: [...rounds.values()].toSorted((a, b) => a.round - b.round),
		}))
		.toSorted((a, b) => a.epoch - b.epoch || a.rollout - b.rollout);
}

function roundOf({ round, messages, text, answer, verdict, score, advice, retrieved }: RolloutLine): TranscriptRound {
	const shown = messages.map(({ role, content }) => ({ role, ...shortened(content) }));
	return { round, messages: shown, ...shortened(text), answer, verdict, score, advice, retrieved };
}

function shortened(text: string): { readonly text: string; readonly cut: boolean } {
	return text.length <= longestText ? { text, cut: false } : { text: text.slice(0, longestText), cut: true };
}

/** The problems of a benchmark by arm; one character a problem: `+` right, `-` wrong, `!` unusable, `.` not answered. */
export interface Outcomes {
	readonly problems: readonly string[];
	readonly arms: readonly string[];
	readonly cells: Readonly<Record<string, string>>;
}

/** With several seeds or samples a problem counts as right where more than half of its answers are. */
export async function samplesOf(folder: string): Promise<Outcomes> {
	const byArm = new Map<string, Map<string, Map<string, Verdict>>>();
	const problems = new Set<string>();
	for await (const { record } of recordsOf<{ readonly record: SampleRecord }>(folder, 'sample', '')) {
		const { arm, problem, seed, sample = 0, verdict } = record;
		problems.add(problem);
		const own = byArm.get(arm) ?? new Map<string, Map<string, Verdict>>();
		byArm.set(arm, own);
		const answers = own.get(problem) ?? new Map<string, Verdict>();
		own.set(problem, answers.set(`${seed}/${sample}`, verdict));
	}
	const all = [...problems];
	const cells = [...byArm].map(([arm, own]) => [arm, all.map((problem) => signOf(own.get(problem))).join('')] as const);
	return { problems: all, arms: [...byArm.keys()], cells: Object.fromEntries(cells) };
}

function signOf(answers: ReadonlyMap<string, Verdict> | undefined): string {
	if (!answers) return '.';
	const verdicts = [...answers.values()];
	const right = verdicts.filter((verdict) => verdict === 'correct').length;
	if (right * 2 > verdicts.length) return '+';
	return verdicts.every((verdict) => verdict === 'invalid') ? '!' : '-';
}

/** Lines of one kind that hold `mark`; others are not even parsed, for the file holds whole prompts. */
async function* recordsOf<T>(folder: string, type: 'rollout' | 'sample', mark: string): AsyncGenerator<T, void> {
	const handle = await openIfThere(join(folder, 'rollouts.jsonl'));
	if (!handle) return;
	const begin = Buffer.from(`{"type":"${type}"`);
	try {
		for await (const { bytes } of linesFrom(handle, 0)) {
			if (!bytes.subarray(0, begin.length).equals(begin) || !bytes.includes(mark)) continue;
			yield* parsed<T>(bytes);
		}
	} finally {
		await handle.close();
	}
}

/** None in a line that a crash of the machine left half-written. */
function parsed<T>(bytes: Buffer): readonly T[] {
	try {
		return [JSON.parse(bytes.toString('utf8'))];
	} catch {
		return [];
	}
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
	return open(file, 'r').catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	});
}
